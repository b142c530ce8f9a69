using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Trama.Reports.Browsing.Answers;

namespace Trama.Web.Serving;

/// <summary>
/// Tells a page, for as long as it listens, that there is more: a line of JSON each time, at most a few a second. What there is more it
/// asks for by the numbers of rows, so that after a cut nothing is missing and nothing comes twice.
/// </summary>
internal sealed class ChangeStream(IPageAnswers answers)
{
    private static readonly TimeSpan s_between = TimeSpan.FromMilliseconds(300);

    // A line without news shows that the stream is not cut.
    private const int SilentTicks = 30;

    /// <summary>Writes until nobody listens.</summary>
    public async Task WriteAsync(HttpResponse response, CancellationToken stop)
    {
        response.ContentType = "application/x-ndjson";
        byte[] told = [];
        for (int silent = 0; ; silent++)
        {
            byte[] line = Line();
            if (silent >= SilentTicks || !line.AsSpan().SequenceEqual(told))
            {
                await response.Body.WriteAsync(line, stop).ConfigureAwait(false);
                await response.Body.FlushAsync(stop).ConfigureAwait(false);
                (told, silent) = (line, 0);
            }

            await Task.Delay(s_between, stop).ConfigureAwait(false);
        }
    }

    private byte[] Line()
    {
        using var line = new MemoryStream();
        using (var writer = new Utf8JsonWriter(line))
        {
            writer.WriteStartObject();
            answers.WriteState(writer);
            writer.WriteEndObject();
        }

        line.WriteByte((byte)'\n');
        return line.ToArray();
    }
}
