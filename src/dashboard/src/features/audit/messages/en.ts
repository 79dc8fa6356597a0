const en = { title: 'Audit' };

export default en;
