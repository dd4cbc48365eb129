import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessDenials } from './access-denials';
import { AuditEntry } from './audit-entry.entity';
import { AuditLog } from './audit-log';
import { AuditReader } from './audit-reader';
import { AuditHead, AuditSeal } from './audit-seal.entity';
import { AuditSealer } from './audit-sealer';
import { AuditVerifier } from './audit-verifier';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([AuditEntry, AuditHead, AuditSeal])],
  providers: [AccessDenials, AuditLog, AuditReader, AuditSealer, AuditVerifier],
  exports: [AccessDenials, AuditLog, AuditReader, AuditSealer, AuditVerifier],
})
export class AuditModule {}
