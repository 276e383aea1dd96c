#!/bin/sh
# deploy.sh STAGE [OPTION…]: builds a stage and deploys it with the AWS CLI, which gets the options.
set -eu
cd "$(dirname "$0")"
stage=${1:?usage: ./deploy.sh STAGE [OPTION…]}
shift
depotc build --deny warnings --stage "$stage" --out "out/$stage"
aws cloudformation deploy --template-file "out/$stage/{{environment}}.template.json" \
  --stack-name "{{name}}-$stage" --no-fail-on-empty-changeset "$@"
