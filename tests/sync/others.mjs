/// Packages that nobody here wrote, and what must and must not be said of them.
export const others = [
  {
    name: "@aws-cdk/aws-glue-alpha",
    says: [
      "construct database {",
      "  databaseName?: string\n",
      "  type: ConnectionType\n",
      '    class: "S3Table"\n',
      "  columns: Column[]\n",
      "  database: database\n",
      '@cdk(symbol("ConnectionType", "@aws-cdk/aws-glue-alpha"))\n',
    ],
    reports: [
      "connection.subnet: it takes a construct of type `ISubnet`",
      "RayJob: it needs an object of class `Code` (`script`)",
    ],
    not: ["s3Code", "extend "],
  },
  {
    name: "@aws-solutions-constructs/aws-sqs-lambda",
    says: [
      "construct sqsToLambda {",
      "  deployDeadLetterQueue?: bool\n",
      "  queueProps?: QueueProps\n",
      "  fifoThroughputLimit?: FifoThroughputLimit\n",
      '| PER_MESSAGE_GROUP_ID @cfn("perMessageGroupId")\n',
    ],
    reports: ["sqsToLambda.existingQueueObj: it takes a construct"],
    not: ["existingQueueObj:", "extend "],
  },
  {
    name: "cdk-monitoring-constructs",
    says: [
      "construct monitoringFacade {",
      "construct defaultDashboardFactory {",
      "  alarmFactoryDefaults?: AlarmFactoryDefaults\n",
    ],
    reports: ["which `.depot` has no value for"],
    not: ["extend "],
  },
];
