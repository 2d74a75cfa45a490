/** The full screen, loaded only when it is wanted: drawing costs a third of a second to load. */
export function loadFullScreen(): Promise<typeof import('./full-screen.ts')> {
  // React's development build is several times slower
  process.env.NODE_ENV ??= 'production';
  return import('./full-screen.ts');
}
