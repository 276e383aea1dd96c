/// What ends a run with a message for the user. `kind` is one that the verb has a diagnostic for.
export class Failure extends Error {
  constructor(kind, message) {
    super(message);
    this.kind = kind;
  }
}
