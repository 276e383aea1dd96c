import { Rendered } from "./depot-resource";

/**
 * Who may do something with a dataset.
 *
 * documented: the names of the levels, on deployments-cdk/depot-cdk/dataset/permissions.
 * inferred: this class, how a level is called, and how it stands in the template.
 */
export class DatasetPermission implements Rendered {
  /** Anyone. inferred: the level is documented, its form is not. */
  public static readonly anonymous = new DatasetPermission("anonymous");
  /** Whoever signed in. inferred: the level is documented, its form is not. */
  public static readonly authenticated = new DatasetPermission("authenticated");
  /** Nobody. inferred: the level is documented, its form is not. */
  public static readonly none = new DatasetPermission("none");

  /** Callers with a claim of this value. inferred: the level is documented, its arguments are not. */
  public static callerWithClaim(
    claim: string,
    value: string,
  ): DatasetPermission {
    return new DatasetPermission({
      Level: "callerWithClaim",
      Claim: claim,
      Value: value,
    });
  }

  /** Callers for which the expression holds. inferred: the level is documented, its arguments are not. */
  public static withExpression(expression: string): DatasetPermission {
    return new DatasetPermission({
      Level: "withExpression",
      Expression: expression,
    });
  }

  /** Members of a Cognito group. inferred: the level is documented, its arguments are not. */
  public static callerWithCognitoGroup(group: string): DatasetPermission {
    return new DatasetPermission({
      Level: "callerWithCognitoGroup",
      Group: group,
    });
  }

  private constructor(
    private readonly rendered: string | { readonly [key: string]: string },
  ) {}

  public render(): unknown {
    return this.rendered;
  }
}

/**
 * documented: the operations, on deployments-cdk/depot-cdk/dataset/permissions.
 * inferred: that they are properties, and each may be left out.
 */
export interface DatasetPermissions {
  readonly create?: DatasetPermission;
  readonly read?: DatasetPermission;
  readonly update?: DatasetPermission;
  readonly delete?: DatasetPermission;
}
