using System.CommandLine;
using Trama.Cli;
using Trama.Reports;

Language language = LanguageChoice.From(args, Environment.GetEnvironmentVariable);
var languageOption = new Option<string>("--lang")
{
    Description = language.Pick("Language: en or pt", "Idioma: en ou pt"),
    Recursive = true,
};
languageOption.AcceptOnlyFromAmong("en", "pt", "pt-BR");
var root = new RootCommand(language.Pick(
    "Be the server, be the client, and see on the wire every message and the segments that carried it.",
    "Seja o servidor, seja o cliente, e veja na rede cada mensagem e os segmentos que a levaram."))
{
    languageOption,
};

try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (UserError error)
{
    Console.Error.WriteLine($"trama: {error.Message}");
    return error.Code;
}
