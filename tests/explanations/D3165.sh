for name in one two; do
  mkdir -p $name/schemas
  printf 'environment %s {\n  account: { name: "sandbox", id: aws.accountId }\n  package model { version: "1.0.0", schemas: ["./schemas"] }\n}\n' $name >$name/main.depot
done
printf 'type: object\n' >one/schemas/One.yaml
printf 'type: view\n' >two/schemas/One.yaml
depotc build one two --target cdk
