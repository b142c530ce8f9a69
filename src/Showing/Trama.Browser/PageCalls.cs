using System.Buffers;
using System.Runtime.InteropServices.JavaScript;
using System.Text;
using System.Text.Json;
using Trama.Reports;
using Trama.Reports.Browsing.Answers;
using Trama.Web.Serving;

namespace Trama.Browser;

/// <summary>What the page's worker calls.</summary>
internal static partial class PageCalls
{
    private static LocalCapture? s_capture;
    private static BrowsingAnswers? s_answers;
    private static Rehearsal? s_rehearsal;

    /// <summary>Goes on with what makes reading fast, while nothing was dropped.</summary>
    /// <param name="milliseconds">For how long.</param>
    /// <returns>Whether there is more.</returns>
    [JSExport]
    public static bool Rehearse(int milliseconds)
    {
        bool isMore = (s_rehearsal ??= new Rehearsal()).GoOn(TimeSpan.FromMilliseconds(milliseconds));
        if (!isMore) s_rehearsal = null;
        return isMore;
    }

    /// <summary>Opens files that were dropped.</summary>
    /// <param name="names">Their names.</param>
    /// <param name="sizes">Their lengths in bytes.</param>
    /// <param name="language">The language of what is refused: <c>pt</c> or <c>en</c>.</param>
    /// <returns>Why none of them is a capture, a line for each; empty when one is.</returns>
    [JSExport]
    public static string Open(string[] names, double[] sizes, string language)
    {
        var files = new LocalFiles(names.Select((name, i) => new LocalFile(name, () => new BlobStream(i, (long)sizes[i]))),
            language == "pt" ? Language.Portuguese : Language.English);
        s_rehearsal = null;
        s_capture = new LocalCapture(files);
        s_answers = new BrowsingAnswers(s_capture.Source);
        return files.Captures.Count > 0 ? "" : string.Join('\n', files.Refusals);
    }

    /// <summary>Reads on.</summary>
    /// <param name="milliseconds">For how long.</param>
    /// <returns>How far it is: version, packets, exchanges, bytes read and in all, and 1 once it is over.</returns>
    [JSExport]
    public static double[] Read(int milliseconds)
    {
        LocalCapture capture = s_capture!;
        bool isMore = capture.Read(TimeSpan.FromMilliseconds(milliseconds));
        (long read, long size) = capture.Source.Progress() ?? (0, 0);
        return [capture.Browsed.Version, capture.Browsed.Totals.Packets, capture.Browsed.Exchanges.End, read, size, isMore ? 0 : 1];
    }

    /// <summary>Ends reading early.</summary>
    [JSExport]
    public static void Stop() => s_capture!.Conclude();

    /// <summary>Answers a question.</summary>
    /// <param name="name">The question.</param>
    /// <param name="values">Its values, as an object of JSON.</param>
    /// <returns>The number of its <see cref="AnswerStatus"/>, and behind it the answer.</returns>
    [JSExport]
    public static string Ask(string name, string values)
    {
        using var asked = JsonDocument.Parse(values);
        var question = new Question(name, asked.RootElement.EnumerateObject()
            .ToDictionary(value => value.Name, value => value.Value.GetString() ?? "", StringComparer.Ordinal));
        var answer = new ArrayBufferWriter<byte>(4096);
        AnswerStatus status = s_answers!.Answer(question, answer);
        return $"{(int)status}{Encoding.UTF8.GetString(answer.WrittenSpan)}";
    }

    /// <summary>A file to be kept: <c>pcap</c> of a connection, <c>ndjson</c> of everything. Empty when there is nothing, or too
    /// much.</summary>
    [JSExport]
    public static byte[] Save(string name, string connection)
    {
        if (name == "pcap")
        {
            var packets = new ArrayBufferWriter<byte>(4096);
            PacketFile.Write(s_capture!.Browsed, connection, packets, CancellationToken.None);
            return packets.WrittenSpan.ToArray();
        }

        using var lines = new MemoryStream();
        s_capture!.WriteLines(lines);
        return lines.ToArray();
    }
}
