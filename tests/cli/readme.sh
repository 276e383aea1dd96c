# shellcheck shell=sh
# What README.md shows at work is what depotc does.

# block NUMBER: the contents of the fenced block with that number.
block() {
  awk -v wanted="$1" '/^```/ { fence++; next } fence == 2 * wanted - 1' "$root/README.md"
}

fresh "the program and its output"
block 1 >orders.depot
block 2 >session
mkdir schemas
printf 'type: object\n' >schemas/Order.yaml
run build orders.depot -p stage=prod
exits 0; says_nothing
same "$(sed -n '/^\$ ls out/{n;p;}' session)" "$(ls out)"
sed -i 's/capacityMode/capacityMod/' orders.depot
run check
exits 1
sed -n '/^error/,$p' session >expected
same "$(cat expected)" "$(head -n "$(wc -l <expected)" "$work/err")"
