/// Ways in which a package can differ from what the library knows: each is a change of the stand-in's sources.
/// { name, edits: [{ file, from, to }] }; without `from` the text is appended. `says`: what has to stand in the file as well.
/// `program`: members of an environment that use what is new; both back ends must give the same for it.

const dynamo = "location/dynamodb.ts";
const environment = "stage-depot-environment.ts";
const dataset = "stage-depot-dataset.ts";

/// A line behind the declaration of `capacityMode`.
const behindCapacity = (text) => ({
  file: dynamo,
  from: "  readonly capacityMode?: DynamoDBLocationCapacityMode;\n",
  to: `  readonly capacityMode?: DynamoDBLocationCapacityMode;\n${text}`,
});

export const changes = [
  {
    name: "property-new",
    program: `
  location hot: DynamoDB { timeToLive: 14 }
`,
    edits: [
      behindCapacity(
        "  /** After how many days objects go.\n   *\n   * @default 30\n   */\n  readonly timeToLive?: number;\n",
      ),
    ],
  },
  {
    name: "property-new-required",
    edits: [
      behindCapacity("  /** Who pays. */\n  readonly costCentre: string;\n"),
    ],
  },
  {
    name: "property-required",
    edits: [
      {
        file: dynamo,
        from: "readonly capacityMode?:",
        to: "readonly capacityMode:",
      },
    ],
  },
  {
    name: "property-optional",
    edits: [
      {
        file: "location/cognito.ts",
        from: "readonly clientId: string;\n  /** documented: deployments-cdk/depot-cdk/location/cognito; some",
        to: "readonly clientId?: string;\n  /** documented: deployments-cdk/depot-cdk/location/cognito; some",
      },
      {
        file: "location/cognito.ts",
        from: "const auth: DatasetCognitoAuth = {",
        to: "const auth: Partial<DatasetCognitoAuth> = {",
      },
    ],
  },
  {
    name: "property-removed",
    edits: [
      {
        file: dynamo,
        from: /  \/\*\* inferred: demystifying[^\n]*prefixes[^\n]*\n[^\n]*tablePrefix[^\n]*\n/,
        to: "",
      },
    ],
  },
  {
    name: "property-renamed",
    edits: [{ file: dynamo, from: "tablePrefix?:", to: "tableNamePrefix?:" }],
  },
  {
    name: "type-widened",
    edits: [
      {
        file: dynamo,
        from: "readonly pointInTimeRecovery?: boolean;",
        to: "readonly pointInTimeRecovery?: boolean | number | null;",
      },
    ],
  },
  {
    name: "enum-member-new",
    program: `
  location hot: DynamoDB { capacityMode: WARM }
  location cold: DynamoDB { capacityMode: DynamoDBLocationCapacityMode.ONDEMAND }
`,
    edits: [
      {
        file: dynamo,
        from: '  PROVISIONED = "PROVISIONED",\n',
        to: '  PROVISIONED = "PROVISIONED",\n  /** By the request, with warm capacity. */\n  WARM = "ONDEMAND_WARM",\n',
      },
    ],
  },
  {
    name: "enum-member-removed",
    program: `
  location hot: DynamoDB { capacityMode: ONDEMAND }
  location cold: DynamoDB { capacityMode: DynamoDBLocationCapacityMode.ONDEMAND }
`,
    edits: [
      {
        file: dynamo,
        from: '  /** inferred: the counterpart of ONDEMAND. */\n  PROVISIONED = "PROVISIONED",\n',
        to: "",
      },
    ],
  },
  {
    name: "enum-new",
    program: `
  location hot: DynamoDB { tableClass: INFREQUENT }
  location cold: DynamoDB { tableClass: TableClass.STANDARD }
`,
    edits: [
      behindCapacity(
        "  /** Which class of tables. @default TableClass.STANDARD */\n  readonly tableClass?: TableClass;\n",
      ),
      {
        file: dynamo,
        to: '\n/** A class of tables. */\nexport enum TableClass {\n  STANDARD = "STANDARD",\n  /** Cheaper to keep. */\n  INFREQUENT = "STANDARD_INFREQUENT_ACCESS",\n}\n',
      },
      {
        file: "index.ts",
        from: "export { DynamoDBLocationCapacityMode }",
        to: "export { DynamoDBLocationCapacityMode, TableClass }",
      },
    ],
  },
  {
    name: "class-in-namespace",
    program: `
  location hot: DynamoDB {}
  location books: Ledger { retention: { days: 30, archive: true }, mirrors: [hot] }
  package model { version: "1.0.0", schemas: [] }
  dataset entries { location: books, package: model }
`,
    edits: [
      {
        file: "location/glue.ts",
        to: `
/** How a ledger is kept. */
export interface LedgerProps extends NamedLocationProps, WithDefaultExecutor {
  /** How long entries stay. */
  readonly retention: { readonly days: number; readonly archive?: boolean };
  /** Where entries are copied to. */
  readonly mirrors?: readonly ILocation[];
}

/** A ledger that nobody can change. */
export class Ledger extends LocationBase {
  public readonly ledgerArn: string = "arn";
  constructor(scope: Construct, id: string, props: LedgerProps) {
    const mirrors = props.mirrors?.map((one) => one.locationId);
    super(scope, id, "ledger", { ...props, mirrors } as object as LedgerProps);
  }
}
`,
      },
      {
        file: "location/glue.ts",
        from: "import {\n",
        to: "import {\n  ILocation,\n",
      },
      {
        file: "location/index.ts",
        from: "export { Glue, type GlueProps }",
        to: "export { Glue, type GlueProps, Ledger, type LedgerProps }",
      },
    ],
  },
  {
    name: "class-at-top",
    program: `
  package model { version: "1.0.0", schemas: [] }
  sidecar metrics { image: "metrics:1", packages: [model] }
  output sidecarId = metrics.sidecarId
`,
    edits: [
      {
        file: "stage-depot-package.ts",
        to: `
/** What runs beside an environment. */
export interface SidecarProps {
  readonly environment: IStageDepotEnvironment;
  readonly name: string;
  /** The image. */
  readonly image: string;
  /** The packages that it reads. */
  readonly packages?: Package[];
  readonly onFailure?: (error: Error) => void;
}

/** A container beside Depot's own. */
export class Sidecar extends Construct {
  private readonly resource: CustomResource;
  constructor(scope: Construct, id: string, props: SidecarProps) {
    super(scope, id);
    this.resource = depotResource(this, "Custom::Sidecar", {
      SidecarName: props.name,
      EnvironmentId: props.environment.environmentId,
      Enabled: true,
      SidecarProps: pascalKeys({ image: props.image, packages: props.packages?.map((one) => one.packageId) }),
    });
  }
  /** The id of the sidecar. */
  public get sidecarId(): string {
    return this.resource.ref;
  }
}
`,
      },
      {
        file: "stage-depot-package.ts",
        from: 'import { depotResource } from "./depot-resource";',
        to: 'import { depotResource, pascalKeys } from "./depot-resource";\nimport { IStageDepotEnvironment } from "./stage-depot-environment";',
      },
    ],
  },
  {
    name: "comment",
    says: [
      "  /// How capacity is billed; see DynamoDBLocationCapacityMode.\n  ///\n  /// It can be changed once a day.\n  capacityMode @docs(",
    ],
    edits: [
      {
        file: dynamo,
        from: "/** documented: deployments-cdk/depot-cdk/location. inferred: that it may be left out. */",
        to: "/**\n   * How capacity is billed; see {@link DynamoDBLocationCapacityMode}.\n   *\n   * It can be changed once a day.\n   */",
      },
    ],
  },
  {
    name: "deprecated",
    edits: [
      {
        file: dynamo,
        from: "/** inferred: demystifying-depot-infra speaks of prefixes, not of the property. */",
        to: "/** @deprecated give each location its own environment */",
      },
      {
        file: "location/glue.ts",
        from: "/** documented: deployments-cdk/depot-cdk/location, by name. */\nexport class Glue",
        to: "/** documented. @deprecated use `Location.S3Tables` */\nexport class Glue",
      },
      {
        file: dynamo,
        from: "/** inferred: the counterpart of ONDEMAND. */",
        to: '/** @deprecated "ONDEMAND" costs less */',
      },
    ],
  },
  {
    name: "literal-union",
    edits: [
      {
        file: dataset,
        from: '"CREATE" | "UPDATE" | "DELETE" | "REFRESH"',
        to: '"CREATE" | "UPDATE" | "DELETE" | "REFRESH" | "RESTORE"',
      },
      {
        file: "location/s3tables.ts",
        from: '"DESTROY" | "RETAIN" | "SNAPSHOT"',
        to: '"RETAIN" | "SNAPSHOT"',
      },
      {
        file: "location/s3tables.ts",
        from: "icebergVersion?: 2 | 3",
        to: "icebergVersion?: 2 | 3 | 4",
      },
    ],
  },
  {
    name: "nested-object",
    program: `
  opsAlarms: { enabled: true, slackWorkspaceId: "T1", slackAlertsChannelId: "C1", pager: { key: "k", quietHours: ["22-06"] } }
  frontend: {}
`,
    edits: [
      {
        file: environment,
        from: "  readonly slackAlertsChannelId?: string;\n",
        to: "  readonly slackAlertsChannelId?: string;\n  /** Where pages go. */\n  readonly pager?: { readonly key: string; readonly quietHours?: readonly string[] };\n",
      },
      {
        file: environment,
        from: "  readonly taskSize: StageDepotApplicationTaskSize;\n",
        to: "  readonly taskSize?: StageDepotApplicationTaskSize;\n",
      },
    ],
  },
  {
    name: "array-element",
    edits: [
      {
        file: "location/aurora.ts",
        from: "readonly users?: readonly string[];",
        to: "readonly users?: ReadonlyArray<{ readonly name: string; readonly permission: 'r' | 'w' | 'o' }>;",
      },
    ],
  },
  {
    name: "inheritance",
    edits: [
      {
        file: "location/location-base.ts",
        from: "export interface LocationProps {\n",
        to: "/** What all have. */\nexport interface Owned {\n  /** Who answers for it. */\n  readonly owner?: string;\n}\n\nexport interface LocationProps extends Owned {\n",
      },
    ],
  },
  {
    name: "utility-types",
    edits: [
      {
        file: "location/elasticsearch.ts",
        from: "/** documented: deployments-cdk/depot-cdk/location, from its example. */\nexport interface ElasticSearchProps\n  extends NamedLocationProps, WithDefaultExecutor {}",
        to: "/** How nodes are made. */\nexport interface NodeSettings {\n  /** How many. */\n  readonly count: number;\n  readonly instanceType: string;\n  readonly secret: string;\n}\n\n/** An alias. */\nexport type Sizes = Readonly<Required<Pick<NodeSettings, 'count'>>>;\n\nexport interface ElasticSearchProps\n  extends NamedLocationProps, WithDefaultExecutor, Pick<NodeSettings, 'instanceType'>, Partial<Omit<NodeSettings, 'secret' | 'instanceType'>> {\n  readonly master?: Sizes;\n  readonly zones?: Exclude<'a' | 'b' | 'c', 'c'>;\n}",
      },
    ],
  },
  {
    name: "re-export-moved",
    program: `
  executor work: Default {}
  location hot: DynamoDB {}
  location cold: DynamoDB {}
  location both: Composite { primaryLocation: hot, replicaLocation: cold, replicationMode: IMMEDIATE }
`,
    edits: [
      {
        file: "index.ts",
        from: 'export { ReplicationMode } from "./location/composite";\n',
        to: "",
      },
      {
        file: "index.ts",
        from: 'export * as Executor from "./executor";\n',
        to: 'export * as Executors from "./executor";\n',
      },
    ],
  },
  {
    name: "generic-properties",
    program: `
  location hot: DynamoDB { readUnits: { value: 3, source: "x" }, writeUnits: { value: "auto" } }
`,
    edits: [
      {
        file: dynamo,
        from: "export interface DynamoDBProps extends",
        to: "/** A value with its source. */\nexport interface Sourced<T> {\n  readonly value: T;\n  readonly source?: string;\n}\n\nexport interface DynamoDBProps extends",
      },
      behindCapacity(
        "  /** Units to read. */\n  readonly readUnits?: Sourced<number>;\n  /** Units to write. */\n  readonly writeUnits?: Sourced<number | 'auto'>;\n",
      ),
    ],
  },
  {
    name: "record",
    program: `
  location hot: DynamoDB { tags: { a: "b" }, limits: { orders: { read: 3 } }, regions: { eu: "x", us: "y" } }
`,
    edits: [
      {
        file: dynamo,
        from: 'super(scope, id, "dynamodb", props);',
        to: 'super(scope, id, "dynamodb", props, ["tags", "limits"]);',
      },

      behindCapacity(
        "  /** Tags of the tables. */\n  readonly tags?: Record<string, string>;\n  readonly limits?: { [table: string]: { readonly read?: number } };\n  readonly regions?: Record<'eu' | 'us', string>;\n",
      ),
    ],
  },
  {
    name: "class-removed",
    edits: [
      {
        file: "location/index.ts",
        from: 'export { Glue, type GlueProps } from "./glue";\n',
        to: "",
      },
    ],
  },
  {
    name: "static-members",
    program: `
  executor compute: Snowflake {
    credentials: { credentialsSecretArn: "arn:aws:secretsmanager:eu-west-1:111111111111:secret:x", accountId: "AB1", region: "eu" }
    warehouse: existing("X")
  }
`,
    edits: [
      {
        file: "executor/snowflake-warehouse.ts",
        from: "  /** @internal What a warehouse by hand",
        to: "  /** A warehouse that many share. */\n  public static shared(pool: string, share?: number): SnowflakeWarehouse {\n    return new SnowflakeWarehouse(pool, { name: String(share) });\n  }\n\n  /** @internal What a warehouse by hand",
      },
      {
        file: "stage-depot-dataset-permission.ts",
        from: "  /** Nobody.",
        to: '  /** Whoever owns the object. */\n  public static readonly owner = new DatasetPermission("owner");\n  /** Nobody.',
      },
    ],
  },
  {
    name: "class-with-classes",
    program: `
  location hot: DynamoDB {}
  gateway api: API {}
  executor work: Default {}
`,
    edits: [
      {
        file: "index.ts",
        from: 'export * as Location from "./location";\nexport * as Executor from "./executor";\nexport * as Gateway from "./gateway";\n',
        to: 'import * as executors from "./executor";\nimport * as gateways from "./gateway";\nimport * as locations from "./location";\n\nexport class Location {\n  static readonly Aurora: typeof locations.Aurora = locations.Aurora;\n  static readonly Cognito = locations.Cognito;\n  static readonly Composite = locations.Composite;\n  static readonly DynamoDB = locations.DynamoDB;\n  static readonly ElasticSearch = locations.ElasticSearch;\n  static readonly Glue = locations.Glue;\n  static readonly Iceberg = locations.Iceberg;\n  static readonly S3Tables = locations.S3Tables;\n  static readonly Snowflake = locations.Snowflake;\n}\nexport const Executor = { ...executors };\nexport import Gateway = gateways;\n',
      },
    ],
  },
  {
    name: "strange-names",
    says: [],
    edits: [
      behindCapacity(
        "  readonly 'not-a-name'?: string;\n  readonly $money?: number;\n  readonly größe?: $Size;\n  readonly sizes?: $Size;\n  readonly tree?: Tree;\n  readonly json?: Json;\n  /** Has \"quotes\", ${holes}, `ticks` and \\\\ in it. */\n  readonly odd?: '\"' | '${x}' | '\\\\' | '\\n';\n",
      ),
      {
        file: dynamo,
        to: "\n/** @deprecated a \"reason\" with ${holes} */\nexport enum $Size {\n  'not a name' = 1,\n  string = 2,\n  Large = 3,\n}\nexport type Json = string | number | Json[] | { readonly [key: string]: Json };\nexport interface Tree {\n  readonly children?: readonly Tree[];\n  readonly label: string;\n}\n",
      },
      {
        file: "index.ts",
        from: "export { DynamoDBLocationCapacityMode }",
        to: "export { $Size, DynamoDBLocationCapacityMode }",
      },
    ],
  },
  {
    name: "explicit-properties",
    program: `
  package model { version: "1.0.0", schemas: [], owner: "retail" }
`,
    edits: [
      {
        file: "stage-depot-package.ts",
        from: "  readonly migrations?: Migrations;\n",
        to: "  readonly migrations?: Migrations;\n  /** Who answers for it. */\n  readonly owner?: string;\n",
      },
      {
        file: "stage-depot-package.ts",
        from: "      Migrations: props.migrations?.files,\n",
        to: "      Migrations: props.migrations?.files,\n      Owner: props.owner,\n",
      },
    ],
  },
];
