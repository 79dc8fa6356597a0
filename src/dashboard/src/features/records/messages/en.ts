const en = { title: 'Records' };

export default en;
