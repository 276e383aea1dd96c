// Written by depotc from the .depot source; changes belong there.
import {
  Dataset,
  Environment,
  Executor,
  Gateway,
  Location,
  Package,
} from "@stage-tech/depot-cdk";
import { DatasetExecutorPurpose } from "@stage-tech/depot-cdk/dist/stage-depot-dataset";
import { Schemas } from "@stage-tech/depot-package-common";
import {
  Aws,
  CfnDynamicReference,
  CfnDynamicReferenceService,
  CfnOutput,
  CfnParameter,
  Fn,
  Stack,
  StackProps,
} from "aws-cdk-lib/core";
import { Construct } from "constructs";

export class OrdersStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const acct = new CfnParameter(this, "Acct", {
      allowedPattern: "^[0-9]{12}$",
      constraintDescription: "must be a value of accountId",
    });

    const bucket = new CfnParameter(this, "Bucket", {
      description: 'The bucket "name".',
      default: "abc",
      allowedPattern: "^[a-z]+$",
      minLength: 3,
      maxLength: 63,
    });

    const loginArn = new CfnParameter(this, "LoginArn", {
      allowedPattern:
        "^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:.+$",
      constraintDescription: "must be a value of arn.secretsmanager",
    });

    const n2 = new CfnParameter(this, "N2", {
      type: "Number",
      default: 1,
      allowedValues: ["1", "2"],
    });

    const on = new CfnParameter(this, "On", {
      default: "true",
      allowedValues: ["true", "false"],
    });

    const ratio = new CfnParameter(this, "Ratio", {
      type: "Number",
      default: 2.5,
    });

    const shards = new CfnParameter(this, "Shards", {
      type: "Number",
      default: 4,
      minValue: 1,
      maxValue: 16,
    });

    const size = new CfnParameter(this, "Size", {
      type: "Number",
      default: 4,
    });

    const stage = new CfnParameter(this, "Stage", {
      default: "a",
      allowedValues: ["a", "b"],
    });

    const words = new CfnParameter(this, "Words", {
      type: "CommaDelimitedList",
    });

    const environment = new Environment(this, "Environment", {
      account: { name: `acc-${bucket.valueAsString}`, id: acct.valueAsString },
      name: `orders-${Aws.STACK_NAME}`,
      useSharedVpc: `vpc-${Aws.REGION}`,
    });

    const api = new Gateway.API(this, "Api", {
      environment,
    });

    new Location.Aurora(this, "Au", {
      environment,
      name: "au",
      tags: {
        a: bucket.valueAsString,
        "b-c": Aws.STACK_ID,
        d: Fn.join("-", words.valueAsList),
        e: Fn.select(1, words.valueAsList),
        f: Fn.select(2, Fn.split("/", Aws.STACK_ID)),
      },
    });

    const ex = new Executor.Default(this, "Ex", {
      environment,
      name: "ex",
    });

    const fw = new Gateway.API(this, "Fw", {
      environment,
      firewall: { ipAddresses: { allowed: words.valueAsList } },
    });

    const hot = new Location.DynamoDB(this, "Hot", {
      environment,
      name: `hot-${bucket.valueAsString}`,
      tablePrefix: `in-${Aws.REGION}-${bucket.valueAsString}`,
    });

    const model = new Package(this, "Model", {
      name: "model",
      version: "1.0.0",
      schemas: Schemas.fromYamlFiles(["./s"]),
    });

    new Location.Snowflake(this, "Sf", {
      environment,
      name: "sf",
      accountId: "X",
      region: "eu-west-1",
      warehouse: "W",
      credentialsSecretArn: loginArn.valueAsString,
      dataLocations: words.valueAsList,
    });

    const users = new Location.Cognito(this, "Users", {
      environment,
      name: "users",
      userPoolId: new CfnDynamicReference(
        CfnDynamicReferenceService.SSM,
        "/pool",
      ).toString(),
      clientId: Fn.importValue("client"),
      roleArn: `arn:${Aws.PARTITION}:iam::${acct.valueAsString}:role/x`,
    });

    new Dataset(this, "Dd", {
      environment,
      name: "dd",
      location: hot,
      package: model,
      executors: [{ purposes: [DatasetExecutorPurpose.API], executor: ex }],
      auth: {
        cognito: users.cognitoAuth,
        iam: {
          principals: [
            `arn:aws:iam::${acct.valueAsString}:root`,
            "arn:aws:iam::123456789012:role/x",
          ],
        },
      },
      seeding: {
        from: `s3://${bucket.valueAsString}/x`,
        list: [bucket.valueAsString, size.valueAsNumber, hot.locationId],
        n: size.valueAsNumber,
        on: on.valueAsString,
        words: words.valueAsList,
      },
    });

    new CfnOutput(this, "A", {
      value: api.url,
    });

    new CfnOutput(this, "B", {
      value: `https://${api.url}/x?y=${hot.locationId}`,
    });

    new CfnOutput(this, "C", {
      value: size.valueAsString,
    });

    new CfnOutput(this, "D", {
      value: on.valueAsString,
    });

    new CfnOutput(this, "E", {
      value: stage.valueAsString,
    });

    new CfnOutput(this, "F", {
      value: Fn.join(",", words.valueAsList),
    });

    new CfnOutput(this, "G", {
      value: `${api.url},${fw.url}`,
    });

    new CfnOutput(this, "H", {
      value: `{"l":[1,"${bucket.valueAsString}"],"n":${size.valueAsString},"on":"${on.valueAsString}","s":"q\\"${bucket.valueAsString}","url":"${api.url}"}`,
    });

    new CfnOutput(this, "I", {
      value: Fn.join(",", [api.url, "lit", bucket.valueAsString]),
    });

    new CfnOutput(this, "J", {
      value: ratio.valueAsString,
    });

    new CfnOutput(this, "K", {
      value: n2.valueAsString,
    });

    new CfnOutput(this, "L", {
      value: shards.valueAsString,
    });

    new CfnOutput(this, "M", {
      value: Aws.ACCOUNT_ID,
    });

    new CfnOutput(this, "N", {
      value: users.cognitoAuth.userPoolId,
    });

    new CfnOutput(this, "O", {
      value: size.valueAsString,
    });

    new CfnOutput(this, "P", {
      value: environment.accountId,
    });

    new CfnOutput(this, "Q", {
      value: environment.environmentId,
    });
  }
}
