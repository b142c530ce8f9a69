using Trama.Framing;
using Trama.Reports.Forms;
using Trama.Reports.Lines;
using Trama.Reports.Summary;
using Trama.Reports.Tests.Fuzz;
using Trama.Reports.Text;
using Trama.Tracing;

namespace Trama.Reports.Tests;

/// <summary>No line of text is wider than the terminal.</summary>
public class WidthTests
{
    private static readonly int[] Widths = [60, 80, 100, 120, 130, 140, 150, 160, 180, 200];
    private static readonly Type[] Forms = [typeof(ExchangeLines), typeof(SummaryReport), typeof(LadderForm), typeof(DiagnosisForm)];

    [Fact]
    public void Every_form_of_every_capture_fits_the_terminal()
    {
        (SpoiledCapture[] alone, (SpoiledCapture, SpoiledCapture)[] pairs) = CaptureSeeds.Read();
        int next = 0, lines = 0;
        foreach (SpoiledCapture capture in alone)
            foreach (Type form in Forms) Look(form, shown => shown.Show(capture));
        foreach ((SpoiledCapture client, SpoiledCapture server) in pairs)
            foreach (Type form in Forms) Look(form, shown => shown.Show(client, server));
        Assert.True(lines > 10_000);

        void Look(Type form, Func<ShownCapture, string> show)
        {
            var shown = new ShownCapture(form, FramingRule.Auto, (Language)(next & 1), (next & 6) == 0, Diagnoses: true, Between: null)
            {
                Width = Widths[next++ % Widths.Length],
            };
            foreach (string line in show(shown).Split('\n'))
            {
                lines++;
                Assert.True(TextWidth.Of(line) <= shown.Width, $"{shown}: {TextWidth.Of(line)} columns: {line}");
            }
        }
    }

    [Fact]
    public void Wide_characters_long_times_and_long_addresses_fit_too()
    {
        foreach (int width in Widths)
        {
            foreach (Type form in Forms.SkipLast(1))
            {
                using var output = new MemoryStream();
                var settings = new FormSettings
                {
                    Output = output,
                    Columns = true,
                    Zone = TimeZoneInfo.Utc,
                    Text = new TextOptions { Width = width },
                };
                var shown = (IForm)Activator.CreateInstance(form, settings)!;
                foreach (Connection connection in new[] { Wide(), Samples.Troubled(123_456_789) })
                {
                    foreach (Exchange exchange in connection.Exchanges) shown.Sink.ExchangeCompleted(connection, exchange);
                    shown.Sink.ConnectionEnded(connection);
                }

                var diagnosis = new Diagnosis.CaptureDiagnosis(new CaptureTotals { TcpPackets = 1 }, []);
                shown.End(new TracedCapture(diagnosis, [], IsTruncated: false));
                string text = System.Text.Encoding.UTF8.GetString(output.ToArray());
                Assert.Contains('\n', text);
                foreach (string line in text.Split('\n')) Assert.True(TextWidth.Of(line) <= width, $"{form.Name} {width}: {line}");
            }
        }
    }

    private static Connection Wide()
    {
        var traced = new TracedConnection(
            "[2001:db8:1234:5678:9abc:def0:1234:5678]:49152", "[2001:db8:ffff:ffff:ffff:ffff:ffff:fffe]:8080", 70_000);
        traced.Handshake(1000, 1000);
        Message request = traced.Says(Side.Client, string.Concat(Enumerable.Repeat("世界e\u0301\u0301", 30)), 1000);
        Message reply = traced.Says(Side.Server, string.Concat(Enumerable.Repeat("\U0001f600", 60)), 40_000_000_000_000);
        traced.Exchange(request, reply, serverNs: 39_000_000_000_000, networkNs: 900_000_000_000);
        return traced.Connection;
    }
}
