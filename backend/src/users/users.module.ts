import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PeopleLoader } from './people';
import { PeopleDirectory } from './people-directory';
import { StaffDefaultsController } from './staff-defaults/staff-defaults.controller';
import { StaffDefaults } from './staff-defaults/staff-defaults.entity';
import { StaffDefaultsService } from './staff-defaults/staff-defaults.service';
import { User } from './user.entity';
import { UsersController } from './users.controller';
import { UsersService } from './users.service';

/** Needs `OnlineStatus` and `AccountTimes` from global modules of the application. */
@Module({
  imports: [TypeOrmModule.forFeature([User, StaffDefaults])],
  controllers: [StaffDefaultsController, UsersController],
  providers: [UsersService, PeopleDirectory, PeopleLoader, StaffDefaultsService],
  exports: [UsersService, PeopleDirectory, PeopleLoader],
})
export class UsersModule {}
