depotc test --snapshot --update --ci
