namespace Trama.EndToEnd.Tests;

/// <summary>Statements and errors of recorded conversations with PostgreSQL; tshark is the judge.</summary>
public class PostgresqlTests
{
    [Theory]
    [InlineData("postgresql-deepflow-pgsql-all.pcap", 8000)]
    [InlineData("postgresql-lab-extended.pcapng")]
    [InlineData("postgresql-lab-tls13.pcapng")]
    [InlineData("postgresql-zeek-greenhouse-app.pcap")]
    public async Task Statements_and_SQLSTATEs_are_those_of_tshark(string name, int? port = null)
    {
        string capture = TestData.Shared($"protocols/{name}"), keys = Path.ChangeExtension(capture, ".keys");
        string? keyLog = File.Exists(keys) ? keys : null;
        string[] theirs = await PostgresqlJudge.TsharkAsync(capture, port, keyLog);
        Assert.NotEmpty(theirs);
        Assert.Equal(theirs, await PostgresqlJudge.TramaAsync(capture, keyLog));
    }
}
