import { CustomResource } from "aws-cdk-lib/core";
import { Construct, IConstruct } from "constructs";
import { depotResource, literal, pascalKeys } from "./depot-resource";
import { RunTransaction, RunTransactionProps } from "./stage-depot-transaction";

/** documented: development/guides/monitoring/Alerts. */
export enum StageDepotApplicationTaskSize {
  /** documented: development/guides/monitoring/Alerts. */
  SMALL = "SMALL",
  /** inferred: a size after SMALL. */
  MEDIUM = "MEDIUM",
  /** inferred: a size after MEDIUM. */
  LARGE = "LARGE",
}

/** documented: deployments-cdk/depot-cdk/environment, from its examples. */
export interface EnvironmentAccount {
  /** documented: deployments-cdk/depot-cdk/environment. */
  readonly name: string;
  /** documented: deployments-cdk/depot-cdk/environment; a number as text, or `Aws.ACCOUNT_ID`. */
  readonly id: string;
}

/** documented: development/guides/monitoring/Alerts. */
export interface EnvironmentFrontend {
  /** documented: development/guides/monitoring/Alerts. */
  readonly taskSize: StageDepotApplicationTaskSize;
}

/** documented: deployments-cdk/depot-cdk/alerting; the page has more members than could be read. */
export interface EnvironmentOpsAlarms {
  /** documented: deployments-cdk/depot-cdk/alerting. */
  readonly enabled: boolean;
  /** documented: deployments-cdk/depot-cdk/alerting. inferred: that it may be left out. */
  readonly slackWorkspaceId?: string;
  /** documented: deployments-cdk/depot-cdk/alerting. inferred: that it may be left out. */
  readonly slackAlertsChannelId?: string;
}

/** documented: deployments-cdk/depot-cdk/environment. */
export interface EnvironmentProps {
  /** documented: deployments-cdk/depot-cdk/environment. inferred: required, because every example has it. */
  readonly account: EnvironmentAccount;
  /** documented: deployments-cdk/depot-cdk/environment. inferred: required, because every example has it. */
  readonly name: string;
  /**
   * Stands in place of `sdp-` in the generated id: 3 to 10 lower-case letters, digits and dashes.
   *
   * documented: deployments-cdk/depot-cdk/environment.
   */
  readonly idPrefix?: string;
  /**
   * `true`: the VPC that Depot's bootstrap shares; a text: the name of a VPC that exists.
   *
   * documented: deployments-cdk/depot-cdk/environment.
   */
  readonly useSharedVpc?: boolean | string;
  /** documented: development/components/cli/tools/connect-bastion. inferred: that it may be left out. */
  readonly deployBastionHost?: boolean;
  /** documented: development/guides/monitoring/Alerts. inferred: that it may be left out. */
  readonly frontend?: EnvironmentFrontend;
  /** documented: deployments-cdk/depot-cdk/alerting. */
  readonly opsAlarms?: EnvironmentOpsAlarms;
}

/** documented: deployments-cdk/depot-cdk/environment. */
export interface ImportedEnvironmentProps {
  /** documented: deployments-cdk/depot-cdk/environment. */
  readonly accountId: string;
  /** documented: deployments-cdk/depot-cdk/environment. */
  readonly environmentId: string;
}

/**
 * An environment, new or imported.
 *
 * documented: the name, on development/data-pipeline/transaction-cdk.
 * inferred: its members; `accountId` and `runTransaction` are shown on objects whose type is not.
 */
export interface IStageDepotEnvironment extends IConstruct {
  /** inferred: by analogy with `fromEnvironmentProps`. */
  readonly environmentId: string;
  /** documented: deployments-cdk/depot-cdk/auth, which builds a principal from it. */
  readonly accountId: string;
  /** documented: development/data-pipeline/cross-location. */
  runTransaction(
    scope: Construct,
    id: string,
    props: RunTransactionProps,
  ): RunTransaction;
}

/** documented: deployments-cdk/depot-cdk/environment. */
export class Environment extends Construct implements IStageDepotEnvironment {
  /** An environment that exists. documented: deployments-cdk/depot-cdk/environment. */
  public static fromEnvironmentProps(
    scope: Construct,
    id: string,
    props: ImportedEnvironmentProps,
  ): IStageDepotEnvironment {
    return new ImportedEnvironment(scope, id, props);
  }

  public readonly accountId: string;
  private readonly resource: CustomResource;

  constructor(scope: Construct, id: string, props: EnvironmentProps) {
    super(scope, id);
    const { account, name, ...rest } = props;
    checkIdPrefix(props.idPrefix);
    this.accountId = account.id;
    this.resource = depotResource(this, "Custom::Environment", {
      EnvironmentName: name,
      AccountName: account.name,
      AccountId: account.id,
      EnvironmentProps: pascalKeys(rest),
    });
  }

  /** documented: the physical id of the resource is the environment's id (demystifying-depot-infra). */
  public get environmentId(): string {
    return this.resource.ref;
  }

  public runTransaction(
    scope: Construct,
    id: string,
    props: RunTransactionProps,
  ): RunTransaction {
    return new RunTransaction(scope, id, { environment: this, ...props });
  }
}

class ImportedEnvironment extends Construct implements IStageDepotEnvironment {
  public readonly accountId: string;
  public readonly environmentId: string;

  constructor(scope: Construct, id: string, props: ImportedEnvironmentProps) {
    super(scope, id);
    this.accountId = props.accountId;
    this.environmentId = props.environmentId;
  }

  public runTransaction(
    scope: Construct,
    id: string,
    props: RunTransactionProps,
  ): RunTransaction {
    return new RunTransaction(scope, id, { environment: this, ...props });
  }
}

function checkIdPrefix(idPrefix: string | undefined): void {
  const prefix = literal(idPrefix);
  if (prefix !== undefined && !/^[a-z0-9-]{3,10}$/.test(prefix)) {
    throw new Error(
      `idPrefix must be 3 to 10 lower-case letters, digits or dashes, but is "${prefix}"`,
    );
  }
}
