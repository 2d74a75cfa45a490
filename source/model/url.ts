/** Text as part of a URL: every byte but letters, digits and `._~-` as `%XX`. */
export function urlEscaped(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
