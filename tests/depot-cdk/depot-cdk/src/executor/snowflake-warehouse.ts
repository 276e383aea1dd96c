import { Rendered } from "../depot-resource";

/** inferred: what the call takes is not shown. */
export interface DepotManagedSnowflakeWarehouseProps {
  readonly name: string;
  readonly size?: string;
  readonly autoSuspendSeconds?: number;
}

/** inferred: the page says that a warehouse can be configured by hand, not how. */
export interface CustomSnowflakeWarehouse {
  readonly name: string;
  readonly size?: string;
  readonly autoSuspendSeconds?: number;
}

/** documented: deployments-cdk/depot-cdk/executors. inferred: how it stands in the template. */
export class SnowflakeWarehouse implements Rendered {
  /** A warehouse that exists. documented: deployments-cdk/depot-cdk/executors. */
  public static existing(name: string): SnowflakeWarehouse {
    return new SnowflakeWarehouse("EXISTING", { name });
  }

  /** A warehouse that Depot makes and changes but never deletes. documented: deployments-cdk/depot-cdk/executors. */
  public static depotManaged(
    props: DepotManagedSnowflakeWarehouseProps,
  ): SnowflakeWarehouse {
    return new SnowflakeWarehouse("DEPOT_MANAGED", props);
  }

  /** @internal What a warehouse by hand stands for. */
  public static _of(
    value: SnowflakeWarehouse | CustomSnowflakeWarehouse,
  ): SnowflakeWarehouse {
    return value instanceof SnowflakeWarehouse
      ? value
      : new SnowflakeWarehouse("CUSTOM", value);
  }

  private constructor(
    private readonly type: string,
    private readonly props: CustomSnowflakeWarehouse,
  ) {}

  public render(): unknown {
    const { name, size, autoSuspendSeconds } = this.props;
    return {
      Type: this.type,
      Name: name,
      Size: size,
      AutoSuspendSeconds: autoSuspendSeconds,
    };
  }
}
