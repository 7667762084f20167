use super::{recorded, server};
use akash_sdk::cosmos::transport::rest::Rest;
use akash_sdk::cosmos::transport::{Transport, TransportError};

#[tokio::test]
async fn every_recorded_query_gives_its_bytes_or_its_refusal() {
    let address = server::serve(recorded::gateway()).await;
    let node = Rest::new(&format!("http://{address}/")).unwrap();
    let (mut read, mut refused) = (0, 0);
    for query in recorded::queries() {
        let answer = node
            .unary(&query.method, query.request, Some(query.height))
            .await;
        match (answer, query.response) {
            (Ok(answer), Ok(expected)) => {
                assert_eq!(answer.bytes, expected, "{}", query.name);
                assert_eq!(answer.height, query.height, "{}", query.name);
                read += 1;
            }
            (Err(TransportError::Query { code, message, .. }), Err((expected, words))) => {
                assert_eq!(code, expected, "{}", query.name);
                // The gateway has words of its own for a route it does not have.
                assert!(message == words || code == 12, "{}: {message}", query.name);
                refused += 1;
            }
            (answer, _) => panic!("{}: {answer:?}", query.name),
        }
    }
    assert!(read > 140 && refused >= 8, "{read} {refused}");
    let blocks = node.block(3).await;
    assert!(matches!(blocks, Err(TransportError::Unsupported { .. })));
}
