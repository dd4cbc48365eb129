export { AccessDenials } from './access-denials';
export { AUDIT_ACTIONS, AUDIT_OBJECTS, type AuditAction } from './audit-actions';
export { auditedDenials } from './denied-requests';
export { AuditLog } from './audit-log';
export { AuditReader, type AuditFilter, type AuditItem } from './audit-reader';
export { AuditSealer } from './audit-sealer';
export { AuditVerifier, type AuditDamage, type AuditVerdict } from './audit-verifier';
export { AuditModule } from './audit.module';
