namespace Trama.EndToEnd.Tests;

public class UsageTests
{
    [Theory]
    [InlineData("foo", "trama: unknown command 'foo' (trama --help)")]
    [InlineData("--foo", "trama: unknown option '--foo' (trama --help)")]
    [InlineData("--lang", "trama: option '--lang' needs a value (trama --help)")]
    [InlineData("--foo --lang pt", "trama: opção desconhecida: '--foo' (trama --help)")]
    public async Task A_wrong_command_line_is_told_in_one_line(string line, string told)
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(line.Split(' '));
        Assert.Equal(2, ended.Code);
        Assert.Equal("", ended.Output);
        Assert.Equal(told + "\n", ended.Errors);
    }

    [Fact]
    public async Task Mcp_is_a_program_of_its_own()
    {
        Assert.SkipWhen(TramaProcess.Binary.StartsWith(AppContext.BaseDirectory, StringComparison.Ordinal),
            "beside the tests its libraries are those of ASP.NET; TRAMA_BINARY names one that is whole");
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["mcp", "/no/such/folder"]);
        Assert.NotEqual(0, ended.Code);
        // It says so itself, or that it is not there is said.
        Assert.Matches(@"\A(trama: )?trama-mcp: .+\n\z", ended.Errors);
    }

    [Fact]
    public async Task Without_a_command_the_help_goes_to_standard_error()
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync([]);
        Assert.Equal(2, ended.Code);
        Assert.Equal("", ended.Output);
        Assert.Contains("Usage:", ended.Errors, StringComparison.Ordinal);
    }
}
