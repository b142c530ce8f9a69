namespace Trama.EndToEnd.Tests;

public class HelpTests
{
    [Theory]
    [InlineData("en", "Be the server")]
    [InlineData("pt", "Seja o servidor")]
    public async Task Help_speaks_the_chosen_language(string language, string words)
    {
        TramaProcess.Ended help = await TramaProcess.RunAsync(["--help", "--lang", language]);
        Assert.Equal(0, help.Code);
        Assert.Contains(words, help.Output, StringComparison.Ordinal);
    }
}
