using Trama.Framing.Bodies;

namespace Trama.Reports.Follow;

/// <summary>Says why a body was not decoded.</summary>
public static class ObstacleWords
{
    /// <summary>The reason, as the rest of a sentence about the body.</summary>
    public static string Of(BodyObstacle obstacle, Language language) => obstacle switch
    {
        BodyObstacle.Coding => language.Pick(
            "there is no decoder for its content coding", "não há decodificador para a sua codificação de conteúdo"),
        BodyObstacle.Malformed => language.Pick(
            "it is not what its content coding says", "ele não é o que a sua codificação de conteúdo diz"),
        BodyObstacle.MissingBytes => language.Pick("bytes of it are missing", "faltam bytes dele"),
        _ => language.Pick("decoded, it is too large", "decodificado, ele é grande demais"),
    };
}
