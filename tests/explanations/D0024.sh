depotc build --target terraform
