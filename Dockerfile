# docker build -t rekindle . && docker run --rm -v rekindle-reports:/rekindle/reports rekindle
FROM node:20-bookworm-slim

RUN apt-get update \
  && apt-get install -y --no-install-recommends ca-certificates libgomp1 procps python3 python3-venv \
  && rm -rf /var/lib/apt/lists/*

WORKDIR /rekindle

# What is installed changes less often than the code does.
COPY package.json package-lock.json .npmrc tsconfig.json ./
COPY src/setup src/setup
COPY src/tsconfig.json src/index.ts src/
RUN npm run setup

COPY . .
CMD ["npm", "start"]
