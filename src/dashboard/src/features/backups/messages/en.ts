const en = { title: 'Backups' };

export default en;
