const en = { title: 'Schedules' };

export default en;
