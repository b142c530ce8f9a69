namespace Trama.Rows.Sql;

/// <summary>A question that has a name: <c>trama sql @slowest-operations</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="English">What it asks.</param>
/// <param name="Portuguese">The same in Portuguese.</param>
/// <param name="Sql">It as one SELECT.</param>
public sealed record Question(string Name, string English, string Portuguese, string Sql)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Question> All { get; } =
    [
        new("slowest-operations", "Which operations take longest, by their 95th percentile, in milliseconds",
            "Quais operações demoram mais, pelo percentil 95, em milissegundos", """
            SELECT server, "group", count(*) AS exchanges,
                round(quantile_disc(totalNs, 0.50) / 1e6, 3) AS p50Ms,
                round(quantile_disc(totalNs, 0.95) / 1e6, 3) AS p95Ms,
                round(quantile_disc(totalNs, 0.99) / 1e6, 3) AS p99Ms,
                round(max(totalNs) / 1e6, 3) AS maxMs
            FROM exchanges WHERE totalNs IS NOT NULL
            GROUP BY server, "group" ORDER BY p95Ms DESC, exchanges DESC, server, "group" LIMIT 20
            """),
        new("slowest-exchanges", "The exchanges that took longest, and whose time it was",
            "As trocas que mais demoraram, e de quem foi o tempo", """
            SELECT connection, "index", operation, status, round(totalNs / 1e6, 3) AS totalMs,
                round(serverNs / 1e6, 3) AS serverMs, round(networkNs / 1e6, 3) AS networkMs, requestPacket
            FROM exchanges WHERE totalNs IS NOT NULL
            ORDER BY totalNs DESC, connection, "index" LIMIT 20
            """),
        new("failures", "What failed, how often, and out of how many", "O que falhou, quantas vezes, e de quantas", """
            SELECT server, "group", count(*) FILTER (failed) AS failures, count(*) AS asked,
                round(100.0 * failures / asked, 1) AS percent, mode(status) FILTER (failed) AS commonest
            FROM exchanges GROUP BY server, "group" HAVING failures > 0
            ORDER BY failures DESC, server, "group" LIMIT 20
            """),
        new("unanswered", "Requests whose reply had to come, and did not", "Pedidos cuja resposta tinha de vir, e não veio", """
            SELECT connection, "index", client, server, operation, make_timestamp_ns(requestFirstAt) AS at, requestPacket
            FROM exchanges WHERE requestBytes IS NOT NULL AND replyBytes IS NULL AND replyDue
            ORDER BY requestFirstAt, connection, "index" LIMIT 100
            """),
        new("server-or-network", "By server: how much of the time was its own, and how much the network's",
            "Por servidor: quanto do tempo foi dele, e quanto da rede", """
            SELECT server, count(*) AS exchanges, round(sum(serverNs) / 1e6, 3) AS serverMs,
                round(sum(networkNs) / 1e6, 3) AS networkMs,
                round(100.0 * sum(serverNs) / nullif(sum(serverNs) + sum(networkNs), 0), 1) AS serverPercent
            FROM exchanges WHERE serverNs IS NOT NULL
            GROUP BY server ORDER BY serverMs DESC, server LIMIT 20
            """),
        new("busiest-clients", "Which clients ask most", "Quais clientes perguntam mais", """
            SELECT regexp_replace(client, ':[0-9]+$', '') AS host, count(*) AS exchanges, count(DISTINCT connection) AS connections,
                sum(requestBytes) AS requestBytes, sum(replyBytes) AS replyBytes
            FROM exchanges GROUP BY host ORDER BY exchanges DESC, host LIMIT 20
            """),
        new("largest-replies", "The largest replies", "As maiores respostas", """
            SELECT connection, "index", operation, status, replyBytes, round(replyTransferNs / 1e6, 3) AS transferMs
            FROM exchanges WHERE replyBytes IS NOT NULL
            ORDER BY replyBytes DESC, connection, "index" LIMIT 20
            """),
        new("per-second", "How many exchanges, and how slow, second by second",
            "Quantas trocas, e quão lentas, segundo a segundo", """
            SELECT make_timestamp_ns(coalesce(requestFirstAt, replyFirstAt) // 1000000000 * 1000000000) AS second,
                count(*) AS exchanges, count(*) FILTER (failed) AS failures,
                round(quantile_disc(totalNs, 0.95) / 1e6, 3) AS p95Ms
            FROM exchanges GROUP BY second ORDER BY second LIMIT 3600
            """),
        new("findings", "What went wrong, on how many connections", "O que deu errado, em quantas conexões", """
            SELECT id, party, severity, count(DISTINCT connection) AS connections, min(connection) AS first, any_value(text) AS text
            FROM findings GROUP BY id, party, severity
            ORDER BY CASE severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, connections DESC, id, party
            """),
        new("retransmissions", "Connections that sent most of their segments again", "Conexões que mais repetiram segmentos", """
            SELECT id, client, server, toServerRetransmissions + toClientRetransmissions AS retransmissions,
                round(100.0 * retransmissions / (toServerPackets + toClientPackets), 1) AS percent,
                round(rttNsP50 / 1e6, 3) AS rttMs
            FROM connections WHERE toServerRetransmissions + toClientRetransmissions > 0
            ORDER BY retransmissions DESC, id LIMIT 20
            """),
        new("states", "What became of the connections to each server", "O que foi feito das conexões com cada servidor", """
            SELECT server, state, count(*) AS connections, sum(exchanges) AS exchanges,
                round(quantile_disc(handshakeNs, 0.5) / 1e6, 3) AS handshakeMs
            FROM connections GROUP BY server, state ORDER BY connections DESC, server, state LIMIT 50
            """),
    ];

    /// <summary>The question of a name, without its <c>@</c>; null when there is none.</summary>
    public static Question? Named(string name) => All.FirstOrDefault(question => question.Name == name);
}
