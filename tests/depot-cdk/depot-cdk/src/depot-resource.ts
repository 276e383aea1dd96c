import { ArnFormat, CustomResource, Stack, Token } from "aws-cdk-lib/core";
import { Construct } from "constructs";

/** What a free-form value looks like: it goes into the template as it is. */
export type FreeForm = { readonly [key: string]: unknown };

/** A value that knows how it stands in the properties of a custom resource. */
export interface Rendered {
  /** The value in the template, keys in their final case. */
  render(): unknown;
}

/**
 * The custom resource behind every Depot construct, with the id `Resource`.
 *
 * documented: deployments-cdk/under-the-hood/platform-cdk/environment-config-pipeline names the Lambda
 * `sdp-bootstrap-resource` for locations.
 * inferred: that the same Lambda serves the other constructs, and the form of the service token.
 */
export function depotResource(
  scope: Construct,
  resourceType: string,
  properties: { [key: string]: unknown },
): CustomResource {
  const serviceToken = Stack.of(scope).formatArn({
    service: "lambda",
    resource: "function",
    resourceName: "sdp-bootstrap-resource",
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  return new CustomResource(scope, "Resource", {
    serviceToken,
    resourceType,
    properties,
  });
}

/**
 * The properties of a construct in the case of the template: `tableBucketArn` becomes `TableBucketArn`, deeply.
 *
 * inferred: `tableBucketArn` is the one documented pair; the rule is that pair made general.
 *
 * @param props what the program wrote; absent members stay absent.
 * @param asIs names of members at any depth whose value is a map or free-form: their keys are data, not property names.
 */
export function pascalKeys(
  props: object,
  asIs: readonly string[] = [],
): { [key: string]: unknown } {
  const result: { [key: string]: unknown } = {};
  for (const [key, value] of Object.entries(props)) {
    if (value !== undefined) {
      const name = key.charAt(0).toUpperCase() + key.slice(1);
      result[name] = asIs.includes(key) ? value : pascalValue(value, asIs);
    }
  }
  return result;
}

function pascalValue(value: unknown, asIs: readonly string[]): unknown {
  if (Array.isArray(value)) {
    return value.map((element) => pascalValue(element, asIs));
  }
  if (
    typeof value !== "object" ||
    value === null ||
    Token.isUnresolved(value)
  ) {
    return value;
  }
  return isRendered(value) ? value.render() : pascalKeys(value, asIs);
}

function isRendered(value: object): value is Rendered {
  return typeof (value as Partial<Rendered>).render === "function";
}

/** The literal text of a value, or undefined if it is known only at deployment and cannot be judged here. */
export function literal(text: string | undefined): string | undefined {
  return Token.isUnresolved(text) ? undefined : text;
}
