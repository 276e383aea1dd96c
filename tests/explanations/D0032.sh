program main.depot
echo '["prod"]' >parameters.json
depotc build main.depot --params parameters.json
