/** documented: deployments-cdk/depot-cdk/gateways, for `API` and `WebSocket`. */
export { API, type APIProps } from "./api";
export { IAM, type IAMProps } from "./iam";
export { Lambda } from "./lambda";
export { LambdaData } from "./lambda-data";
export { WebSocket } from "./websocket";
export type { GatewayProps } from "./gateway-base";
