/**
 * Stand-in for `@stage-tech/depot-package-common`: what the public pages show of it, and no more.
 */

/**
 * The schemas of a package. Nothing is read: the stand-in keeps the names of the files only.
 *
 * documented: deployments-cdk/depot-cdk/package-and-schemas (`Schemas.fromYamlFiles`).
 * inferred: the member `files`.
 */
export class Schemas {
  /**
   * @param files folders or files; documented: a list on package-and-schemas, one string on
   *   development/components/depot-local.
   */
  public static fromYamlFiles(files: string | readonly string[]): Schemas {
    return new Schemas(typeof files === "string" ? [files] : [...files]);
  }

  private constructor(readonly files: readonly string[]) {}
}

/**
 * The migrations of a package.
 *
 * documented: development/migration (`Migrations.fromYamlFiles`).
 * inferred: the member `files`.
 */
export class Migrations {
  /** @param files folders or files; documented as a list. */
  public static fromYamlFiles(files: readonly string[]): Migrations {
    return new Migrations([...files]);
  }

  private constructor(readonly files: readonly string[]) {}
}

/**
 * A schema given as an object.
 *
 * documented: development/testing/snowflake (`type`, `properties`).
 * inferred: that other members may be given.
 */
export interface SchemaObject {
  readonly type: string;
  readonly properties?: { readonly [name: string]: unknown };
  readonly [name: string]: unknown;
}

/** documented: the name only, on development/testing/snowflake. inferred: what it holds. */
export interface MergedSchemas {
  readonly [qualifiedName: string]: SchemaObject;
}

/** documented: `schemaDir` and `additionalSchemas`. inferred: that both may be left out. */
export interface DepotPackageProps {
  readonly name?: string;
  readonly version?: string;
  readonly schemaDir?: readonly string[];
  readonly additionalSchemas?: MergedSchemas;
}

/** documented: `mergedSchemas`, on development/testing/snowflake. */
export interface DepotPackage {
  readonly mergedSchemas: MergedSchemas;
}

/** documented: the name and `depotPackage`. inferred: that it is a namespace of functions. */
export namespace Packages {
  /** A package as Depot's test tools take it; the stand-in reads no file, so only `additionalSchemas` is merged. */
  export function depotPackage(props: DepotPackageProps): DepotPackage {
    return { mergedSchemas: { ...props.additionalSchemas } };
  }
}
