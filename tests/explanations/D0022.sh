depotc build --taget cdk
