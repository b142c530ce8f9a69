using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Trama.Reports.Browsing;
using Trama.Reports.Browsing.Answers;

namespace Trama.Web.Serving;

/// <summary>
/// Tells a page, for as long as it listens, that there is more: a line of JSON each time, at most a few a second. What there is more it
/// asks for by the numbers of rows, so that after a cut nothing is missing and nothing comes twice.
/// </summary>
internal sealed class ChangeStream(BrowsedSource source)
{
    private static readonly TimeSpan s_between = TimeSpan.FromMilliseconds(300);

    // A line without news shows that the stream is not cut.
    private const int SilentTicks = 30;

    /// <summary>Writes until nobody listens.</summary>
    public async Task WriteAsync(HttpResponse response, CancellationToken stop)
    {
        response.ContentType = "application/x-ndjson";
        long told = -1, packets = -1;
        bool wasComplete = false;
        FileChange wasChange = FileChange.None;
        for (int silent = 0; ; silent++)
        {
            BrowsedCapture capture = source.Capture;
            (long version, long seen, bool isComplete) = (capture.Version, capture.Totals.Packets, capture.IsComplete);
            FileChange change = source.Change();
            if (version != told || seen != packets || isComplete != wasComplete || change != wasChange || silent >= SilentTicks)
            {
                await response.Body.WriteAsync(Line(version, seen, isComplete, change), stop).ConfigureAwait(false);
                await response.Body.FlushAsync(stop).ConfigureAwait(false);
                (told, packets, wasComplete, wasChange, silent) = (version, seen, isComplete, change, 0);
            }

            await Task.Delay(s_between, stop).ConfigureAwait(false);
        }
    }

    private byte[] Line(long version, long packets, bool isComplete, FileChange change)
    {
        using var line = new MemoryStream();
        using (var writer = new Utf8JsonWriter(line))
        {
            writer.WriteStartObject();
            writer.WriteNumber("version"u8, version);
            writer.WriteNumber("packets"u8, packets);
            writer.WriteNumber("exchanges"u8, source.Capture.Exchanges.End);
            writer.WriteBoolean("complete"u8, isComplete);
            writer.WriteNumber("file"u8, (int)change);
            if (source.Progress() is var (read, size))
            {
                writer.WriteNumber("read"u8, read);
                writer.WriteNumber("size"u8, size);
            }

            writer.WriteEndObject();
        }

        line.WriteByte((byte)'\n');
        return line.ToArray();
    }
}
