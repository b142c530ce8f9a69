using System.Globalization;
using System.Text.Json;
using Trama.Diagnosis;
using Trama.Framing;
using Trama.Reports.Findings;
using Trama.Reports.Ladder.Joined;
using Trama.Tracing;

namespace Trama.Reports.Browsing.Answers;

/// <summary>Answers what the capture is: how much it holds, and what was found, the verdict first.</summary>
internal sealed class CaptureAnswer(Utf8JsonWriter writer, Language language)
{
    private const int MostGroups = 200;
    private const int MostConnections = 200;

    /// <summary>Writes its members.</summary>
    public void Write(BrowsedSource source)
    {
        BrowsedCapture capture = source.Capture;
        CaptureTotals totals = capture.Totals;
        writer.WriteNumber("version"u8, capture.Version);
        writer.WriteStartArray("files"u8);
        foreach (string name in source.Names) writer.WriteStringValue(VisibleText.Of(Path.GetFileName(name)));
        writer.WriteEndArray();
        // As they are: for a command line, which quotes them.
        writer.WriteStartArray("paths"u8);
        foreach (string name in source.IsNamed ? source.Names : []) writer.WriteStringValue(name);
        writer.WriteEndArray();
        if (source.Framing.Length > 0) writer.WriteString("framing"u8, source.Framing);
        writer.WriteStartArray("keys"u8);
        foreach (string name in source.Keys) writer.WriteStringValue(name);
        writer.WriteEndArray();
        if (source.Filter.Length > 0) writer.WriteString("filter"u8, source.Filter);
        writer.WriteBoolean("live"u8, source.IsLive);
        writer.WriteBoolean("complete"u8, capture.IsComplete);
        writer.WriteBoolean("truncated"u8, source.IsTruncated() && totals.Packets > 0);
        if (source.Progress() is var (read, size))
        {
            writer.WriteNumber("read"u8, read);
            writer.WriteNumber("size"u8, size);
        }

        writer.WriteNumber("packets"u8, totals.Packets);
        writer.WriteNumber("tcpPackets"u8, totals.TcpPackets);
        writer.WriteNumber("bytes"u8, totals.Bytes);
        writer.WriteNumber("connections"u8, totals.Connections);
        writer.WriteNumber("exchanges"u8, capture.Exchanges.End);
        writer.WriteNumber("omittedExchanges"u8, capture.OmittedExchanges);
        if (totals.FirstAt is { } first)
        {
            writer.WriteString("firstAt"u8, first.Nanoseconds.ToString(CultureInfo.InvariantCulture));
            writer.WriteNumber("lasts"u8, Math.Max(0, (totals.LastAt ?? first) - first));
        }

        writer.WriteStartArray("notes"u8);
        foreach (string note in Notes(source)) writer.WriteStringValue(note);
        writer.WriteEndArray();
        CaptureDiagnosis diagnosis = capture.Diagnosis;
        IReadOnlyList<ConnectionGroup> groups = ConnectionGroup.Of(diagnosis);
        writer.WriteBoolean("verdict"u8, diagnosis.Verdict is not null);
        writer.WriteNumber("foundConnections"u8, diagnosis.Connections.Count);
        writer.WriteNumber("groups"u8, groups.Count);
        writer.WriteNumber("badGroups"u8, groups.Count(group => group.Main.Severity > Severity.Info));
        if (diagnosis.Verdict is { } verdict) writer.WriteNumber("verdictConnections"u8, verdict.Connections.Count);
        writer.WriteStartArray("findings"u8);
        foreach (ConnectionGroup group in groups.Take(MostGroups)) Write(group);
        writer.WriteEndArray();
    }

    private IEnumerable<string> Notes(BrowsedSource source)
    {
        IEnumerable<string> notes = source.Notes.Select(note => VisibleText.Of(note));
        if (source.IsTruncated() && source.Capture is { IsComplete: true, Totals.Packets: 0 }) notes = notes.Append(language.Pick(
            "The file is empty, or no packet of it can be read.", "O arquivo está vazio, ou nenhum pacote dele pode ser lido."));
        if (Changed(source.Change()) is { } changed) notes = notes.Append(changed);
        if (source.Capture.Joined is not { } joined) return notes;
        string[] names = [.. source.Names.Select(name => VisibleText.Of(Path.GetFileName(name)))];
        return notes.Concat(new JoinedWords(language, ascii: false).Captures(joined, names));
    }

    private string? Changed(FileChange change) => change switch
    {
        FileChange.Grown => language.Pick("The file has grown since it was read; start trama web again to see the rest.",
            "O arquivo cresceu depois de lido; inicie o trama web de novo para ver o resto."),
        FileChange.Cut => language.Pick("The file is shorter than when it was read: packets that are listed may be gone.",
            "O arquivo está mais curto do que quando foi lido: pacotes listados podem não estar mais lá."),
        FileChange.Gone => language.Pick("The file is not there any more: packets of it can no longer be shown.",
            "O arquivo não está mais lá: seus pacotes não podem mais ser mostrados."),
        FileChange.Replaced => language.Pick("The file was written anew since it was read; start trama web again to see what it holds now.",
            "O arquivo foi escrito de novo depois de lido; inicie o trama web de novo para ver o que ele tem agora."),
        _ => null,
    };

    private void Write(ConnectionGroup group)
    {
        writer.WriteStartObject();
        new FoundAnswer(writer, language).Write(group.Main);
        writer.WriteString("server"u8, group.Example.Server.ToString());
        writer.WriteNumber("connection"u8, group.Example.Id);
        writer.WriteNumber("count"u8, group.Numbers.Count);
        writer.WriteStartArray("connections"u8);
        foreach (long id in group.Numbers.Take(MostConnections)) writer.WriteNumberValue(id);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
