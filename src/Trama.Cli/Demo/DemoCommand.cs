using System.CommandLine;
using Trama.Reports;

namespace Trama.Cli.Demo;

/// <summary><c>trama demo</c>: a server, a client and a capture, together, explained.</summary>
internal sealed class DemoCommand : ExampledCommand
{
    public DemoCommand(Language language) : base(
        "demo",
        language.Pick("A server, a client and a capture, together, explained", "Um servidor, um cliente e uma captura, juntos e explicados"),
        ("trama demo", language.Pick("the lesson, with every packet of it", "a aula, com todos os seus pacotes")),
        ("trama demo --message Bonjour", language.Pick("with words of your own", "com as suas palavras")))
    {
        Option<int> port = QuantityOptions.Number(language, "--port", 1, 65535, 5000, language.Pick(
            "The server's port; the next free one when it is taken (default 5000)",
            "A porta do servidor; a próxima livre quando ela está em uso (padrão 5000)"));
        var message = new Option<string>("--message")
        {
            Description = language.Pick("What the client sends", "O que o cliente envia"),
            HelpName = language.Pick("TEXT", "TEXTO"),
            DefaultValueFactory = _ => "Olá, servidor!",
        };
        message.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: "" }]) result.AddError(language.Pick("--message: an empty message is none", "--message: uma mensagem vazia não é mensagem"));
        });
        Add(port);
        Add(message);
        SetAction((parse, _) => new DemoStory(language, parse.GetValue(port), parse.GetValue(message)!).RunAsync());
    }
}
