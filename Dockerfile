# docker build -t rekindle . && docker run --rm -v rekindle-reports:/rekindle/reports rekindle
FROM node:20-bookworm-slim

RUN apt-get update \
  && apt-get install -y --no-install-recommends ca-certificates git libgomp1 procps python3 python3-venv \
  && rm -rf /var/lib/apt/lists/*

WORKDIR /rekindle
COPY . .
RUN npm run setup

CMD ["npm", "start"]
