const en = { title: 'Requests' };

export default en;
