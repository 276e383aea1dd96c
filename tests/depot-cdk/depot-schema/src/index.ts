/**
 * Stand-in for `@stage-tech/depot-schema`: what the public pages show of it, and no more.
 */

/**
 * The request that runs a transaction.
 *
 * documented: development/data-pipeline/transaction-cdk (imported from this module).
 * inferred: that it is a namespace; the page shows only `TransactionRequest.Format.JSON`.
 */
export namespace TransactionRequest {
  /** documented: development/data-pipeline/transaction-cdk, as the type of an action's `format`. */
  export enum Format {
    /** documented: development/data-pipeline/transaction-cdk. */
    JSON = "JSON",
    /** inferred: the prose names Parquet, the member is never shown. */
    PARQUET = "PARQUET",
    /** inferred: the prose names CSV, the member is never shown. */
    CSV = "CSV",
    /** inferred: the prose names JSONL, the member is never shown. */
    JSONL = "JSONL",
  }

  /** documented: development/data-pipeline/transactions. */
  export type Operation =
    | "UPSERT"
    | "MERGE"
    | "INSERT_IGNORE"
    | "DELETE"
    | "PATCH"
    | "EXPORT"
    | "REFRESH";

  /**
   * One step of a transaction.
   *
   * documented: development/data-pipeline/transactions, the names of all fields.
   * inferred: their types, and that all but `operation` may be left out.
   */
  export interface Action {
    readonly operation: Operation;
    readonly locationUri?: string;
    readonly format?: Format;
    readonly source?: string;
    readonly target?: string;
    readonly query?: string;
    readonly arguments?: { readonly [name: string]: unknown };
    readonly sourceDatasetId?: string;
    readonly columnOrder?: readonly string[];
  }
}
