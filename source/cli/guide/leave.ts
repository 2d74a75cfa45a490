/** The operator edits the cluster file: then all begins anew. Not an error. */
export class Reopen extends Error {
  override readonly name = 'Reopen';
  constructor() {
    super('reopen');
  }
}

/** The operator leaves what is open: the program, or this session for the home screen. Not an error. */
export class Leave extends Error {
  override readonly name = 'Leave';
  readonly to: 'shell' | 'home';
  constructor(to: 'shell' | 'home') {
    super(`leave to ${to}`);
    this.to = to;
  }
}
