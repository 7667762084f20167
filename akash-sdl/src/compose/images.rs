//! Ports of well-known images and applications.

/// Where the servers of well-known images listen, by the last part of the image's name.
const PORTS: [(&str, u16); 38] = [
    ("cassandra", 9042),
    ("clickhouse-server", 8123),
    ("cockroach", 26257),
    ("consul", 8500),
    ("couchdb", 5984),
    ("elasticsearch", 9200),
    ("etcd", 2379),
    ("gitea", 3000),
    ("grafana", 3000),
    ("httpd", 80),
    ("influxdb", 8086),
    ("jenkins", 8080),
    ("kafka", 9092),
    ("kibana", 5601),
    ("loki", 3100),
    ("mariadb", 3306),
    ("meilisearch", 7700),
    ("memcached", 11211),
    ("minio", 9000),
    ("mongo", 27017),
    ("mosquitto", 1883),
    ("mysql", 3306),
    ("n8n", 5678),
    ("nats", 4222),
    ("neo4j", 7687),
    ("nginx", 80),
    ("ollama", 11434),
    ("opensearch", 9200),
    ("pgvector", 5432),
    ("postgis", 5432),
    ("postgres", 5432),
    ("prometheus", 9090),
    ("qdrant", 6333),
    ("rabbitmq", 5672),
    ("redis", 6379),
    ("timescaledb", 5432),
    ("valkey", 6379),
    ("vllm-openai", 8000),
];

/// The port on which a well-known image listens.
pub(super) fn port(image: &str) -> Option<u16> {
    let name = image.split('@').next().unwrap_or(image);
    let name = name.rsplit('/').next().unwrap_or(name);
    let name = name.split(':').next().unwrap_or(name);
    PORTS
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, port)| *port)
}

/// Whether a server on this port in a container most likely speaks HTTP.
pub(super) const fn is_http(port: u16) -> bool {
    matches!(
        port,
        80 | 81
            | 3000..=3305
            | 3307..=3388
            | 3390..=3999
            | 4000..=4200
            | 4317..=4321
            | 5000..=5200
            | 5601
            | 5678
            | 7474
            | 7700
            | 7860
            | 8000..=8332
            | 8334..=8442
            | 8444..=8882
            | 8884..=8999
            | 9000
            | 9001
            | 9090..=9091
            | 9093
            | 9100
            | 9200
            | 9980
            | 10000
            | 11434
            | 15672
            | 16686
            | 19999
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_images() {
        assert_eq!(port("postgres:16-alpine"), Some(5432));
        assert_eq!(port("docker.io/library/redis"), Some(6379));
        assert_eq!(port("host:5000/mysql@sha256:ab"), Some(3306));
        assert_eq!(port("redis-commander"), None);
        assert!(PORTS.is_sorted_by_key(|(name, _)| *name));
        assert!(is_http(8080) && !is_http(5432) && !is_http(25565));
    }
}
