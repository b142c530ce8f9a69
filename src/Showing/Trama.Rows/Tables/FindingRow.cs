using System.Globalization;
using System.Text.Json;
using Trama.Diagnosis;

namespace Trama.Rows.Tables;

/// <summary>A row of <c>findings</c>.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="Finding">One of its findings.</param>
/// <param name="Index">Its place among them, from 1.</param>
/// <param name="Text">It in a sentence or two.</param>
internal readonly record struct FindingRow(ConnectionDiagnosis Connection, Finding Finding, int Index, string Text)
{
    /// <summary>The table.</summary>
    public static RowTable<FindingRow> Table { get; } = new RowTable<FindingRow>("findings")
        .Number("connection", row => row.Connection.Id)
        .Number("index", row => row.Index)
        .Text("client", row => row.Connection.Client.ToString())
        .Text("server", row => row.Connection.Server.ToString())
        .Text("id", row => Words.Of(row.Finding.Id))
        .Text("party", row => Words.Of(row.Finding.Party))
        .Text("severity", row => Words.Of(row.Finding.Severity))
        .Text("confidence", row => Words.Of(row.Finding.Confidence))
        .Text("kind", row => row.Finding.Kind == FindingKind.Plain ? null : Words.Of(row.Finding.Kind))
        .Text("packets", row => row.Finding.Packets.Count == 0 ? null : string.Join(' ', row.Finding.Packets))
        .Text("facts", row => Facts(row.Finding.Facts))
        .Text("saidProtocol", row => row.Finding.Said?.Protocol)
        .Text("saidOperation", row => row.Finding.Said?.Operation)
        .Text("saidStatus", row => row.Finding.Said?.Status)
        .Text("text", row => row.Text);

    // A JSON object, for the names differ from finding to finding.
    private static string? Facts(IReadOnlyList<Fact> facts) => facts.Count == 0 ? null
        : "{" + string.Join(',', facts.Select(fact => string.Create(
            CultureInfo.InvariantCulture, $"\"{JsonNamingPolicy.CamelCase.ConvertName(fact.Name.ToString())}\":{fact.Value}"))) + "}";
}
