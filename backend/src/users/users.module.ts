import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PeopleLoader } from './people';
import { User } from './user.entity';
import { UsersController } from './users.controller';
import { UsersService } from './users.service';

/** Needs `OnlineStatus` from a global module of the application. */
@Module({
  imports: [TypeOrmModule.forFeature([User])],
  controllers: [UsersController],
  providers: [UsersService, PeopleLoader],
  exports: [UsersService, PeopleLoader],
})
export class UsersModule {}
