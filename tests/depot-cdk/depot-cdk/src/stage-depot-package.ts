import { Migrations, Schemas } from "@stage-tech/depot-package-common";
import { CustomResource } from "aws-cdk-lib/core";
import { Construct } from "constructs";
import { depotResource } from "./depot-resource";

/** documented: deployments-cdk/depot-cdk/package-and-schemas, from its example. No example passes an environment. */
export interface PackageProps {
  /** documented: deployments-cdk/depot-cdk/package-and-schemas. inferred: required. */
  readonly name: string;
  /** documented: deployments-cdk/depot-cdk/package-and-schemas. inferred: required. */
  readonly version: string;
  /** documented: deployments-cdk/depot-cdk/package-and-schemas. inferred: required. */
  readonly schemas: Schemas;
  /** documented: development/migration. The page also allows objects, whose form it does not show. */
  readonly migrations?: Migrations;
}

/**
 * documented: deployments-cdk/depot-cdk/package-and-schemas.
 * inferred: that this module exports it; its custom resource.
 */
export class Package extends Construct {
  private readonly resource: CustomResource;

  constructor(scope: Construct, id: string, props: PackageProps) {
    super(scope, id);
    this.resource = depotResource(this, "Custom::Package", {
      PackageName: props.name,
      PackageVersion: props.version,
      Schemas: props.schemas.files,
      Migrations: props.migrations?.files,
    });
  }

  /** inferred: by analogy with the environment. */
  public get packageId(): string {
    return this.resource.ref;
  }
}
