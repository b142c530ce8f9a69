using System.Diagnostics;
using System.Globalization;
using Trama.Framing;
using Trama.Packets;
using Trama.Tracing;

namespace Trama.Reports.Tests.Fuzz;

/// <summary>
/// Shows captures, and pairs of them, that were spoiled at random in every form, with every framing and rule. <c>TRAMA_FUZZ_SECONDS</c>
/// makes the run longer and <c>TRAMA_FUZZ_SEED</c> another one; without them it is the same short run each time. What breaks is kept as a
/// file below the folder of temporary files: put it into <c>tests/data/attacks</c>, where each is shown in every form by every run.
/// </summary>
public class FormFuzzTests(ITestOutputHelper output)
{
    private const int ShortRun = 300;

    [Fact]
    public void Whatever_the_packets_are_every_form_shows_them_and_nothing_that_a_terminal_obeys()
    {
        var random = new Random(NumberFrom("TRAMA_FUZZ_SEED", 1));
        (SpoiledCapture[] seeds, (SpoiledCapture, SpoiledCapture)[] pairs) = CaptureSeeds.Read();
        long end = Environment.TickCount64 + NumberFrom("TRAMA_FUZZ_SECONDS", 0) * 1000L;
        (long inputs, TimeSpan slowest) = (0, TimeSpan.Zero);
        for (; inputs < ShortRun || Environment.TickCount64 < end; inputs++)
        {
            SpoiledCapture other = seeds[random.Next(seeds.Length)];
            (SpoiledCapture first, SpoiledCapture second) = pairs[random.Next(pairs.Length)];
            bool isPair = random.Next(5) == 0;
            first = (isPair ? first : seeds[random.Next(seeds.Length)]).Spoil(random, other);
            second = random.Next(2) == 0 ? second : second.Spoil(random, other);
            var shown = new ShownCapture(
                ShownCapture.Forms[random.Next(ShownCapture.Forms.Count)], ShownCapture.Framings[random.Next(ShownCapture.Framings.Count)],
                (Language)random.Next(2), random.Next(2) == 0, random.Next(4) > 0, random.Next(8) == 0
                    ? new Period(at => at, at => new Timestamp(at.Nanoseconds + 1_000_000_000)) : null);
            long began = Stopwatch.GetTimestamp();
            try
            {
                if (isPair) shown.Show(first, second);
                else if (random.Next(12) == 0) shown.Follow(first);
                else shown.Show(first);
            }
            catch (Exception error)
            {
                string kept = Path.Combine(Directory.CreateTempSubdirectory("trama-fuzz-").FullName, "one.pcapng");
                first.Save(kept);
                if (isPair) second.Save(kept.Replace("one", "two", StringComparison.Ordinal));
                Assert.Fail($"{kept}, {shown}: {error}");
            }

            TimeSpan took = Stopwatch.GetElapsedTime(began);
            if (took > slowest) slowest = took;
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{inputs} inputs; the slowest took {slowest.TotalMilliseconds:0} "
            + $"ms; {Environment.WorkingSet >> 20} MiB at the end"));
    }

    [Fact]
    public void What_once_broke_is_shown_in_every_form_with_every_framing()
    {
        string[] attacks = Directory.GetFiles(Path.Combine(TestData.Root, "tests/data/attacks"), "*.pcap*");
        Assert.NotEmpty(attacks);
        foreach (string path in attacks)
        {
            SpoiledCapture capture = SpoiledCapture.Of(path)!;
            foreach (Type form in ShownCapture.Forms)
            {
                foreach (FramingRule framing in ShownCapture.Framings)
                    new ShownCapture(form, framing, Language.English, Ascii: false, Diagnoses: true, Between: null).Show(capture);
                new ShownCapture(form, FramingRule.Auto, Language.Portuguese, Ascii: true, Diagnoses: true, Between: null)
                    .Show(capture, capture);
            }
        }
    }

    private static int NumberFrom(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int value)
            ? value : otherwise;
}
