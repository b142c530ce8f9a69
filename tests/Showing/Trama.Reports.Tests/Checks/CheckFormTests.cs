using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CsCheck;
using Trama.Diagnosis;
using Trama.Reports.Checks;
using Trama.Reports.Forms;
using Trama.Reports.Text;
using Trama.Tracing;

namespace Trama.Reports.Tests.Checks;

public class CheckFormTests
{
    public static TheoryData<string> Formats => [.. CheckForm.Names];

    [Theory]
    [InlineData("github", Language.English,
        "::error title=connection-refused (the server)::2 connections, such as 1: 10.0.0.1:40001 > 10.0.0.2:5000%0ANothing listens")]
    [InlineData("github", Language.English, "::warning title=packet-loss (the network)::connection 3: 10.0.0.1:40003 > 10.0.0.2:5000%0A")]
    [InlineData("github", Language.Portuguese, "::notice title=ephemeral-port-reuse (de ninguém)::conexão 4: ")]
    [InlineData("markdown", Language.English, "### Verdict: the fault is the server's.\n\nNothing listens")]
    [InlineData("markdown", Language.English,
        "\n| connection-refused | error | the server | 10.0.0.2:5000 | 1, 2 | 1, 2 | Nothing listens")]
    [InlineData("markdown", Language.Portuguese, "\n| packet-loss | aviso | da rede | 10.0.0.2:5000 | 3 | 8, 11, ")]
    [InlineData("markdown", Language.Portuguese, "\nNão há nada errado com as outras 3 conexões.\n")]
    [InlineData("junit", Language.English, "<testcase classname=\"10.0.0.2:5000\" name=\"connection-refused\"")]
    [InlineData("junit", Language.English, "<failure type=\"packet-loss\" message=\"The network lost segments of the client: ")]
    [InlineData("junit", Language.Portuguese, "<testcase classname=\"trama\" name=\"conexões sem falha\" time=\"0\">")]
    [InlineData("sarif", Language.English, "\"ruleId\":\"packet-loss\",\"ruleIndex\":")]
    [InlineData("sarif", Language.Portuguese, "\"language\":\"pt-BR\"")]
    public void What_was_found_is_said_in_each_format(string format, Language language, string expected)
    {
        string text = Shown(format, DiagnosisTextTests.Troubled(), language);
        Assert.Contains(expected, text, StringComparison.Ordinal);
        Read(format, text);
    }

    [Theory, MemberData(nameof(Formats))]
    public void A_healthy_capture_fails_nothing(string format)
    {
        string text = Shown(format, new CaptureDiagnosis(new CaptureTotals { Connections = 2, Packets = 9 }, [])
        { HealthyConnections = 2 });
        Assert.Contains(format == "sarif" ? "\"results\":[]" : "Nothing went wrong here: 2 connections, 9 packets.", text,
            StringComparison.Ordinal);
        Assert.DoesNotContain("<failure", text, StringComparison.Ordinal);
        Assert.DoesNotContain("::error", text, StringComparison.Ordinal);
        Read(format, text);
    }

    [Fact]
    public void A_test_fails_for_what_the_list_of_failures_names()
    {
        Assert.Equal("2", JunitFacts.Check(Shown("junit", DiagnosisTextTests.Troubled())).Attribute("failures")!.Value);
        var errors = new FormSettings { Output = Stream.Null, Fails = finding => finding.Severity == Severity.Error };
        Assert.Equal("1", JunitFacts.Check(Shown("junit", DiagnosisTextTests.Troubled(), settings: errors)).Attribute("failures")!.Value);
    }

    [Fact]
    public void What_anybody_says_stays_text() => Gen.Select(Said, Said, Gen.Bool)
        .Sample(said =>
        {
            (string operation, string file, bool truncated) = said;
            CaptureDiagnosis diagnosis = Saying(operation);
            foreach (string format in CheckForm.Names)
                Read(format, Shown(format, diagnosis, files: [file.Length == 0 ? "x" : file], truncated: truncated));
        }, iter: 400);

    [Fact]
    public void A_command_of_a_workflow_is_one_line_whatever_is_in_it()
    {
        string text = Shown("github", Saying("GET /50%,a:b::error::no"));
        Assert.Contains("GET /50%25,a:b::error::no", text, StringComparison.Ordinal);
        Assert.All(text.TrimEnd('\n').Split('\n'), line => Assert.StartsWith("::error title=error-replies (the server)::", line,
            StringComparison.Ordinal));
    }

    [Fact]
    public void A_table_of_markdown_has_its_columns_and_calls_nobody_whatever_is_in_it()
    {
        string text = Shown("markdown", Saying("GET /a|b?<img>#12 @owner `x` [y](z)"));
        string row = Assert.Single(text.Split('\n'), line => line.StartsWith("| error-replies", StringComparison.Ordinal));
        Assert.Equal(8, Regex.Count(row, @"(?<!\\)\|"));
        Assert.Contains(@"GET /a\|b?\<img\>#<!-- -->12 @<!-- -->owner \`x\` \[y\](z)", row, StringComparison.Ordinal);
    }

    [Fact]
    public void A_place_is_the_packet_in_the_capture_that_it_was_seen_in()
    {
        JsonElement result = SarifFacts.Check(Shown("sarif", Saying("x"), files: ["/tmp/a b.pcap"])).GetProperty("runs")[0]
            .GetProperty("results")[0];
        JsonElement place = result.GetProperty("locations")[0].GetProperty("physicalLocation");
        Assert.Equal("file:///tmp/a%20b.pcap", place.GetProperty("artifactLocation").GetProperty("uri").GetString());
        Assert.Equal(4, place.GetProperty("region").GetProperty("startLine").GetInt32());
        // The numbers run on over several files: the line of one would be another packet.
        Assert.DoesNotContain("\"region\"", Shown("sarif", Saying("x"), files: ["a.pcap", "b.pcap"]), StringComparison.Ordinal);
        Assert.DoesNotContain("physicalLocation", Shown("sarif", Saying("x"), files: []), StringComparison.Ordinal);
    }

    private static readonly string[] Hostile =
    [
        "\n::error::x", "\r\n##[error]x", "]]></failure>", "\u0000\u0001\ufffe\uffff", "\ud800", "x\ud83d", "\u202e", "\u0085", "-->",
        "%0A", "a|b\n|c|", "@everyone", "\"},{\"", "&amp;<", "\u001b[31m", "../a", "C:\\x", "//host/x", "a:b", "", " ",
    ];

    private static Gen<string> Said => Gen.OneOf(Gen.String, Gen.Int[0, Hostile.Length - 1].Select(number => Hostile[number]));

    // What Said promises, and a text that breaks the promise: the last door holds by itself.
    private static CaptureDiagnosis Saying(string operation)
    {
        ConnectionDiagnosis first = DiagnosisTextTests.Troubled().Connections[0];
        var finding = new Finding(FindingId.ErrorReplies, Party.Server, Severity.Error)
        {
            Packets = [4, 6],
            Facts = [new Fact(FactName.Count, 3), new Fact(FactName.Total, 4)],
            Said = new Diagnosis.Said("http1", operation, "503"),
        };
        var connection = new ConnectionDiagnosis(1, first.Client, first.Server) { Findings = [finding] };
        return new CaptureDiagnosis(new CaptureTotals { Connections = 1, Packets = 9 }, [connection]) { Verdict = new(finding, [1]) };
    }

    private static string Shown(string format, CaptureDiagnosis diagnosis, Language language = Language.English,
        IReadOnlyList<string>? files = null, bool truncated = false, FormSettings? settings = null)
    {
        using var output = new MemoryStream();
        settings = (settings ?? new FormSettings { Output = output }) with
        {
            Output = output,
            Target = format,
            Text = new TextOptions { Language = language },
        };
        using CheckForm form = CheckForm.Of(settings);
        form.End(new TracedCapture(diagnosis, files ?? ["made.pcap"], truncated));
        return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(output.ToArray());
    }

    // As its readers read it; and nothing in it moves a cursor.
    private static void Read(string format, string text)
    {
        Assert.DoesNotContain(text, sign => sign != '\n' && (char.IsControl(sign) || sign is '\u202e'));
        if (format == "sarif") SarifFacts.Check(text);
        if (format == "junit") JunitFacts.Check(text);
        if (format == "github") Assert.All(text.TrimEnd('\n').Split('\n'), line =>
            Assert.Matches("^::(error|warning|notice) title=[^:,]+::.", line));
        if (format == "markdown") Assert.All(text.Split('\n'), line => Assert.True(line.Length == 0 || line[0] is '#' or '|' or '-'
            || char.IsLetterOrDigit(line[0]), line));
    }
}
