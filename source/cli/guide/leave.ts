/** The operator leaves what is open: the program, or this session for the home screen. Not an error. */
export class Leave extends Error {
  override readonly name = 'Leave';
  readonly to: 'shell' | 'home';
  constructor(to: 'shell' | 'home') {
    super(`leave to ${to}`);
    this.to = to;
  }
}
