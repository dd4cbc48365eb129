export { PresenceGatewayModule } from './presence-gateway.module';
export { PresenceModule } from './presence.module';
