import type { DashboardData } from '../dashboard-data.ts';

const response = await fetch('dashboard/data');
const data: DashboardData = await response.json();
document.body.textContent = JSON.stringify(data);
