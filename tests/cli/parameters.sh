# shellcheck shell=sh
# -p and --params.

parameters_program() {
  cat >main.depot <<'PROGRAM'
param stage: "dev" | "prod" = "dev"
param size: int = 1
environment demo {
  account: { name: "sandbox-${stage}-${size}", id: aws.accountId }
}
PROGRAM
}

fresh "-p"
parameters_program
run build main.depot --stdout
exits 0; prints "sandbox-dev-1"
run build main.depot --stdout -p stage=prod -p size=3
exits 0; prints "sandbox-prod-3"
run build main.depot --stdout --param=stage=prod
exits 0; prints "sandbox-prod-1"

fresh "values that do not fit"
parameters_program
run build main.depot -p stage=staging
exits 1; says "error[D"; gone out
run build main.depot -p colour=red
exits 1; says "colour"

fresh "--params, and what goes before it"
parameters_program
echo '{ "stage": "prod", "size": 2 }' >prod.json
run build main.depot --stdout --params prod.json
exits 0; prints "sandbox-prod-2"
run build main.depot --stdout -p size=5 --params prod.json
exits 0; prints "sandbox-prod-5"

fresh "files of parameters that are none"
parameters_program
printf '{\n  "stage": \n}' >bad.json
run build main.depot --params bad.json
exits 1; says "error[D0032]: file \`bad.json\`"; says "line 3"
echo '[1]' >list.json
run build main.depot --params list.json
exits 1; says "D0032"
run build main.depot --params nowhere.json
exits 3; says "error[D0001]: file \`nowhere.json\` does not exist"
run build main.depot --params .
exits 3; says "D0003"
