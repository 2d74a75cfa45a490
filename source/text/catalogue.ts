/** A text in both languages; `{name}` is replaced by the parameter of that name. */
export interface Text {
  readonly en: string;
  readonly zh: string;
}

export interface ProblemText {
  /** What happened, in a line. */
  readonly title: Text;
  /** Why that is likely. */
  readonly cause: Text;
  /** What to try next, each a sentence or a command. */
  readonly next: { readonly en: readonly string[]; readonly zh: readonly string[] };
}

/** One area of the catalogue, in a file of its own under `catalogue/`. */
export interface CatalogueArea {
  readonly messages: Readonly<Record<string, Text>>;
  readonly problems: Readonly<Record<string, ProblemText>>;
}
