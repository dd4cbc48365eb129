import { Routes } from '@angular/router';

export const agentRoutes: Routes = [];
