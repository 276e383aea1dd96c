# shellcheck shell=sh
# Schemas: read from files, taken along into projects, written for those that the program declares.

# schemas FILE NAME: a program whose environment NAME has a package of ./schemas.
schemas() {
  cat >"$1" <<END
environment $2 {
  account: { name: "a", id: aws.accountId }
  package model { version: "1.0.0", schemas: ["./schemas"] }
}
END
}

fresh "files are taken along"
schemas main.depot demo
mkdir -p schemas/deep
printf 'type: object\n' >schemas/One.yaml
printf 'type: object\n' >schemas/deep/Two.yml
printf 'notes\n' >schemas/notes.txt
run build main.depot --target cdk
exits 0; there out/schemas/One.yaml; there out/schemas/deep/Two.yml; gone out/schemas/notes.txt
run build main.depot --target cdk
exits 0; says_nothing
rm schemas/deep/Two.yml
run build main.depot --target cdk
exits 0; gone out/schemas/deep/Two.yml; there schemas/One.yaml
run build main.depot
exits 0; gone out/schemas/One.yaml

fresh "a project in the program's own folder leaves its schemas alone"
schemas main.depot demo
mkdir schemas
printf 'type: object\n' >schemas/One.yaml
run build main.depot --target cdk -o .
exits 0; there schemas/One.yaml; there package.json
sed -i '/package model/d' main.depot
run build main.depot --target cdk -o .
exits 0; there schemas/One.yaml

fresh "paths from another folder"
mkdir -p team/schemas
printf 'type: object\n' >team/schemas/One.yaml
echo 'let paths = ["./schemas"]' >team/paths.depot
schemas main.depot demo
sed -i '1i import { paths } from "./team/paths.depot"' main.depot
sed -i 's|\["./schemas"\]|paths|' main.depot
run build main.depot
exits 0; holds out/demo.template.json '"./team/schemas"'
run build main.depot --target cdk
exits 0; there out/team/schemas/One.yaml

fresh "two files in one place of the project"
mkdir -p a/schemas b/schemas
schemas a/a.depot a
schemas b/b.depot b
printf 'type: object\n' >a/schemas/One.yaml
printf 'type: view\n' >b/schemas/One.yaml
run build a b
exits 0
run build a b --target cdk
exits 1; says "error[D3165]"; says "schemas/One.yaml"
cp a/schemas/One.yaml b/schemas/One.yaml
run build a b --target cdk -o cdk
exits 0; there cdk/schemas/One.yaml

fresh "a link in a circle, and a pipe"
schemas main.depot demo
mkdir schemas
printf 'type: object\n' >schemas/One.yaml
ln -s ../schemas schemas/again
run build main.depot
exits 0
mkfifo schemas/Pipe.yaml
run build main.depot
exits 3; says "Pipe.yaml"
